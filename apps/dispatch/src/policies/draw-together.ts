import { inTransaction, type Tx } from '@postrider/messaging';
import { everySoOften, type Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import { drawOpenings } from '../openings/keep-openings';
import { drawSpentTogether } from './spent.sql';

const everyMs = 30_000;

const books = [
  ['spent', (tx: Tx, after: string) => tx.query(drawSpentTogether, [after])],
  ['opened_count', drawOpenings],
] as const;

/** Draws entries of one time together, so that what a month has spent and a day has opened stays quick to read. */
export function drawTogether({ pool }: { readonly pool: Pool }): Background {
  const seen = new Map<string, string>();
  return everySoOften('draw-together', everyMs, async () => {
    for (const [book, draw] of books) {
      const { rows } = await pool.query<{ last: string }>(`select coalesce(max(id), 0) as last from ${book}`);
      await inTransaction(pool, async (tx) => void (await draw(tx, seen.get(book) ?? '0')));
      seen.set(book, rows[0]!.last);
    }
  });
}
