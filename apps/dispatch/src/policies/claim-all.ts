import type { Pool, PoolClient } from 'pg';
import { claimSent } from './count-sent.sql';

/** Claims messages, given as the columns of `claimSent`, each however often others enter it at the same moment. */
export async function claimAll(
  database: Pick<Pool | PoolClient, 'query'>,
  columns: readonly (readonly unknown[])[],
): Promise<void> {
  for (let left = columns; left[0]!.length > 0;) {
    const { rows } = await database.query<{ message_id: string }>(claimSent, [...left]);
    const claimed = new Set(rows.map((row) => row.message_id));
    const open = left[0]!.map((id) => !claimed.has(id as string));
    left = left.map((column) => column.filter((_, place) => open[place]));
  }
}
