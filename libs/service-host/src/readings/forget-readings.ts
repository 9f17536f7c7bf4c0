import type { Clock } from '@postrider/decider';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Background } from '../service-definition';

const everyMs = 60 * 60_000;
const atOnce = 5_000;
const dayMs = 86_400_000;

/** Takes away readings that are older than they are kept. */
export function forgetReadings(deps: { service: string; pool: Pool; clock: Clock; days: number }): Background {
  const { pool, clock, days } = deps;
  return {
    name: `${deps.service}:forget-readings`,
    async run(signal) {
      while (!signal.aborted) {
        const before = new Date(clock.now().getTime() - days * dayMs);
        const { rowCount } = await pool.query(
          `delete from reading where id in (select id from reading where id < $1 order by id limit ${atOnce})`,
          [leastIdAt(before)],
        );
        if ((rowCount ?? 0) < atOnce) await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    },
  };
}

/** Below every id that was made at this moment or later. */
function leastIdAt(moment: Date): string {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
