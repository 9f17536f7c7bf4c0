import { z } from 'zod';
import { Problem } from './problem';

/** The query fields of every list. Spread its shape into a list's own query schema: `pageQuery.extend({...})`. */
export const pageQuery = z.strictObject({
  after: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export interface Page<T> {
  readonly data: readonly T[];
  readonly next: string | null;
}

/** A page out of up to `limit + 1` rows: the row too many says that there is a next page and is not shown. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  show: { row: (row: Row) => T; cursor: (row: Row) => readonly (string | number)[] },
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(show.row),
    next: rows.length > limit && last !== undefined ? writeCursor(show.cursor(last)) : null,
  };
}

/** The sort values of a row as an opaque text. */
export function writeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The sort values that `after` names, in the form that the list's order has, or 400 `malformed`. */
export function readCursor<T extends z.ZodType>(schema: T, after: string): z.infer<T> {
  try {
    return schema.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')));
  } catch (cause) {
    const problem = new Problem('malformed', 'The cursor is not one that this list gave.', {
      errors: [{ path: 'after', message: 'not a cursor of this list' }],
    });
    problem.cause = cause;
    throw problem;
  }
}
