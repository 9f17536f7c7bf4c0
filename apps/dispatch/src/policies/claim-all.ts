import type { Tx } from '@postrider/messaging';
import { recountOpenings } from '../openings/keep-openings';
import { claimSent } from './count-sent.sql';

/**
 * Claims messages, given as the columns of `claimSent`, each however often others enter it at the same moment. Under
 * `shareOpenings`.
 */
export async function claimAll(tx: Tx, columns: readonly (readonly unknown[])[]): Promise<void> {
  const reopened: string[] = [];
  for (let left = columns; left[0]!.length > 0;) {
    const { rows } = await tx.query<{ message_id: string; reopened: string | null }>(claimSent, left);
    const claimed = new Set(rows.map((row) => row.message_id));
    for (const row of rows) if (row.reopened !== null) reopened.push(row.reopened);
    const open = left[0]!.map((id) => !claimed.has(id as string));
    left = left.map((column) => column.filter((_, place) => open[place]));
  }
  await recountOpenings(tx, reopened);
}
