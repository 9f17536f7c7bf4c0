import { pageOf, readCursor, type Page, type pageQuery } from '@postrider/service-host';
import { z } from 'zod';
import type { Configured, ConfiguredViews } from './configured';
import type { ConfiguredStates, Kind } from './configured-states';

const Cursor = z.tuple([z.number().int()]);

/** One page of a kind, in the order things were made. */
export async function pageThrough<K extends Kind, T>(
  views: ConfiguredViews,
  kind: K,
  workspaceId: string,
  query: z.infer<typeof pageQuery>,
  show: (row: Configured<ConfiguredStates[K]>) => T | Promise<T>,
): Promise<Page<T>> {
  const after = query.after === undefined ? undefined : readCursor(Cursor, query.after)[0];
  const rows = await views.list(kind, workspaceId, { after, limit: query.limit });
  const page = pageOf(rows, query.limit, { row: (row) => row, cursor: (row) => [row.seq] });
  return { data: await Promise.all(page.data.map(show)), next: page.next };
}
