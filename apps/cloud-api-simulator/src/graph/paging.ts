import { GraphError } from './graph-error';
import type { GraphCall } from './graph-call';

const cursorOf = (key: string): string => Buffer.from(`c:${key}`).toString('base64').replaceAll('=', 'ZD');

function keyOf(cursor: string): string {
  const text = Buffer.from(cursor.replaceAll('ZD', '='), 'base64').toString();
  if (!text.startsWith('c:'))
    throw new GraphError(131059, {
      details: 'The cursor is invalid or has expired. Restart paging from the first page.',
    });
  return text.slice(2);
}

/** One page of a list in Graph's envelope. Cursors name the item's key, so that changes between pages do no harm. */
export function page<T>(
  call: GraphCall,
  items: readonly T[],
  key: (item: T) => string,
): Record<string, unknown> & { items: readonly T[] } {
  const limit = Math.max(1, Math.min(1000, Number(call.params.limit ?? 25) || 25));
  let start = 0;
  if (typeof call.params.after === 'string' && call.params.after !== '')
    start = positionOf(items, key, call.params.after) + 1;
  if (typeof call.params.before === 'string' && call.params.before !== '') {
    start = Math.max(0, positionOf(items, key, call.params.before) - limit);
  }
  const shown = items.slice(start, start + limit);
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined) return { items: [], paging: undefined };
  const cursors = { before: cursorOf(key(first)), after: cursorOf(key(last)) };
  const link = (name: string, cursor: string): string => {
    const query = new URLSearchParams({ limit: String(limit), [name]: cursor });
    for (const kept of ['fields', 'status', 'category', 'name', 'language']) {
      if (typeof call.params[kept] === 'string') query.set(kept, call.params[kept]);
    }
    return `${call.sim.baseUrl}${call.path}?${query.toString()}`;
  };
  return {
    items: shown,
    paging: {
      cursors,
      ...(start + limit < items.length && { next: link('after', cursors.after) }),
      ...(start > 0 && { previous: link('before', cursors.before) }),
    },
  };
}

function positionOf<T>(items: readonly T[], key: (item: T) => string, cursor: string): number {
  const position = items.findIndex((item) => key(item) === keyOf(cursor));
  if (position < 0)
    throw new GraphError(131059, {
      details: 'The cursor is invalid or has expired. Restart paging from the first page.',
    });
  return position;
}

/** The page as Graph answers it. */
export function listAnswer(data: unknown[], paging: unknown): Record<string, unknown> {
  return paging ? { data, paging } : { data };
}
