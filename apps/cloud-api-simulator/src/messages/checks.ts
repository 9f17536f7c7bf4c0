import { GraphError, invalidParameter, invalidValue, missingParameter } from '../graph/graph-error';

export type Bag = Record<string, unknown>;

export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under a key, required. */
export function bagAt(bag: Bag, key: string, path: string): Bag {
  const value = bag[key];
  if (value === undefined || value === null) throw missingParameter(`Parameter '${path}' is mandatory.`);
  if (!isBag(value)) throw invalidParameter(`Param ${path} must be a JSON object.`);
  return value;
}

export function listAt(bag: Bag, key: string, path: string, bounds: { min?: number; max: number }): unknown[] {
  const value = bag[key];
  if (value === undefined || value === null) throw missingParameter(`Parameter '${path}' is mandatory.`);
  if (!Array.isArray(value)) throw invalidParameter(`Param ${path} must be an array.`);
  const min = bounds.min ?? 1;
  if (value.length < min || value.length > bounds.max) {
    throw invalidValue(`Invalid ${path} count. Min allowed: ${min}, Max allowed: ${bounds.max}.`);
  }
  return value;
}

/** Text under a key, required, of 1 to `max` characters. */
export function textAt(bag: Bag, key: string, path: string, max: number): string {
  const value = bag[key];
  if (value === undefined || value === null) throw missingParameter(`Parameter '${path}' is mandatory.`);
  if (typeof value !== 'string') throw invalidParameter(`Param ${path} must be a string.`);
  if (value === '') throw missingParameter(`Parameter '${path}' may not be empty.`);
  if (tooLong(value, max))
    throw new GraphError(100, { message: `(#100) Param ${path} must be at most ${max} characters long.` });
  return value;
}

export function optionalTextAt(bag: Bag, key: string, path: string, max: number): string | undefined {
  if (bag[key] === undefined || bag[key] === null) return undefined;
  if (bag[key] === '') return '';
  return textAt(bag, key, path, max);
}

/** Characters as people count them, with the fast answer first. */
export function tooLong(text: string, max: number): boolean {
  return text.length > max && (text.length > max * 2 || [...text].length > max);
}

export function oneOf(value: unknown, allowed: readonly string[], path: string): string {
  if (typeof value === 'string' && allowed.includes(value)) return value;
  if (value === undefined || value === null) throw missingParameter(`Parameter '${path}' is mandatory.`);
  throw invalidParameter(`Param ${path} must be one of {${allowed.join(', ')}} - got "${String(value)}".`);
}

/** Cloud API refuses keys it does not know inside a message's objects. */
export function onlyKeys(bag: Bag, allowed: readonly string[], path: string): void {
  for (const key in bag) {
    if (!allowed.includes(key)) {
      throw new GraphError(100, { message: `(#100) Unexpected key "${key}" on param "${path}".` });
    }
  }
}

export function numberWithin(value: unknown, path: string, min: number, max: number): number {
  if (value === undefined || value === null || value === '')
    throw missingParameter(`Parameter '${path}' is mandatory.`);
  const number = Number(value);
  if (!Number.isFinite(number) || number < min || number > max)
    throw invalidValue(`Param ${path} must be a number from ${min} to ${max}.`);
  return number;
}
