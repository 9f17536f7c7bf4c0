import type { TemplateDefinition } from '@postrider/event-contracts';
import { isDeepStrictEqual } from 'node:util';

/**
 * Whether two definitions show the same to a person. Samples do not count: Meta answers a file's handle with an address
 * that is another one at every look. Nor does the spelling of types, nor fields that hold nothing.
 */
export function sameWords(one: TemplateDefinition, other: TemplateDefinition): boolean {
  return (
    one.parameterFormat === other.parameterFormat &&
    one.category === other.category &&
    isDeepStrictEqual(shown(one.components), shown(other.components))
  );
}

const uncounted = new Set(['example', 'id']);
const spelt = new Set(['type', 'format', 'otp_type']);

function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name, field]) => !uncounted.has(name) && field !== undefined && field !== null && field !== false)
    .map(([name, field]): [string, unknown] => [
      name,
      spelt.has(name) && typeof field === 'string' ? field.toUpperCase() : shown(field),
    ]);
  return Object.fromEntries(fields);
}
