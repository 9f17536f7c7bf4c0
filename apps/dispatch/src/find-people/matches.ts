import type { AudienceCondition, AudienceFilter } from '@postrider/event-contracts';

/** What a filter can ask about a person. */
export interface Described {
  readonly name?: string;
  readonly language?: string;
  readonly timeZone?: string;
  /** ISO 3166 alpha-2 of the number that they are written to under. */
  readonly country?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Whether a person is meant, consent aside. */
export function matches({ all = [], any, none = [] }: AudienceFilter, person: Described): boolean {
  const holds = (condition: AudienceCondition): boolean => isSo(condition, valueOf(condition.field, person));
  return all.every(holds) && (any === undefined || any.some(holds)) && !none.some(holds);
}

const attribute = 'attributes.';

function valueOf(field: string, person: Described): unknown {
  if (field.startsWith(attribute)) return person.attributes[field.slice(attribute.length)];
  return person[field as 'name' | 'language' | 'timeZone' | 'country'];
}

/** Of a list, one of its entries is enough. What is not known is no value: only `missing`, `isNot` and `none` hold of it. */
function isSo(condition: AudienceCondition, value: unknown): boolean {
  const known = value !== undefined && value !== null && value !== '';
  switch (condition.op) {
    case 'exists':
      return known;
    case 'missing':
      return !known;
    case 'isNot':
      return !valuesOf(value).some((each) => isEqual(each, condition.value));
    case 'is':
      return valuesOf(value).some((each) => isEqual(each, condition.value));
    case 'oneOf':
      return valuesOf(value).some((each) => condition.value.some((wanted) => isEqual(each, wanted)));
    case 'contains':
      return valuesOf(value).some((each) => folded(each).includes(folded(condition.value)));
    case 'above':
    case 'below':
      return valuesOf(value).some((each) => {
        const difference = compared(each, condition.value);
        return difference !== undefined && (condition.op === 'above' ? difference > 0 : difference < 0);
      });
  }
}

const valuesOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
};

const folded = (value: unknown): string =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim().normalize('NFKC').toLowerCase();

const isEqual = (a: unknown, b: unknown): boolean => folded(a) === folded(b);

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text));

/** Undefined where the two cannot be compared, as a word with a number. */
function compared(a: unknown, b: string | number): number | undefined {
  const [left, right] = [folded(a), folded(b)];
  if (left !== '' && right !== '' && Number.isFinite(Number(left)) && Number.isFinite(Number(right))) {
    return Number(left) - Number(right);
  }
  if (isDate(left.toUpperCase()) && isDate(right.toUpperCase())) {
    return Date.parse(left.toUpperCase()) - Date.parse(right.toUpperCase());
  }
  return typeof a === 'string' && typeof b === 'string' ? left.localeCompare(right) : undefined;
}
