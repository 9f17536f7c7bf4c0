import { everySoOften, type Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import { drawTogether } from './spent.sql';

const everyMs = 30_000;

/** Draws entries of one quarter of an hour together, so that what a month has spent stays quick to read. */
export function drawSpentTogether({ pool }: { readonly pool: Pool }): Background {
  let seen = '0';
  return everySoOften('draw-spent-together', everyMs, async () => {
    const { rows } = await pool.query<{ last: string }>('select coalesce(max(id), 0) as last from spent');
    await pool.query(drawTogether, [seen]);
    seen = rows[0]!.last;
  });
}
