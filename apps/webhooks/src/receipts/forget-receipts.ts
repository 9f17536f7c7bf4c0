import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@postrider/decider';
import type { Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import { leastIdAt } from './receipt-id';

const lookEveryMs = 10 * 60_000;
const batch = 2_000;
const dayMs = 86_400_000;

/** Receipts mix many people, so they live short. */
export function forgetReceipts({ pool, clock, days }: { pool: Pool; clock: Clock; days: number }): Background {
  return {
    name: 'forget receipts',
    async run(signal) {
      while (!signal.aborted) {
        const before = new Date(clock.now().getTime() - days * dayMs);
        const { rowCount } = await pool.query(
          `delete from receipt where id in (select id from receipt where id < $1 order by id limit ${batch})`,
          [leastIdAt(before)],
        );
        if ((rowCount ?? 0) < batch) await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
