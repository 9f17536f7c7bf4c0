import type { Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { drawTogether } from './spent.sql';

const everyMs = 30_000;

/** Draws entries of one quarter of an hour together, so that what a month has spent stays quick to read. */
export function drawSpentTogether({ pool }: { readonly pool: Pool }): Background {
  return {
    name: 'draw-spent-together',
    async run(signal) {
      for (let seen = '0'; !signal.aborted;) {
        const { rows } = await pool.query<{ last: string }>('select coalesce(max(id), 0) as last from spent');
        await pool.query(drawTogether, [seen]);
        seen = rows[0]!.last;
        await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    },
  };
}
