import type { z } from 'zod';
import { page } from '../answers/success';
import type { CallOptions, Graph, Query } from '../transport/graph';

/** Walks a list page by page, following cursors; each item comes once. */
export async function* listPages<T>(
  api: Graph,
  list: { path: string; query?: Query; item: z.ZodType<T> },
  options?: CallOptions,
): AsyncGenerator<T, void, undefined> {
  let after: string | undefined;
  do {
    const query = { ...list.query, after };
    const answer = await api.call({ method: 'GET', path: list.path, query }, page(list.item), options);
    yield* answer.data as T[];
    const next = answer.paging?.cursors?.after;
    // Meta gives cursors on the last page as well: `next` alone says that there is more.
    after = answer.paging?.next && next !== after ? next : undefined;
  } while (after !== undefined);
}
