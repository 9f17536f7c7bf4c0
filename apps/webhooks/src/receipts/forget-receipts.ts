import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@postrider/decider';
import type { Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { PersonalParts } from '@postrider/event-store';
import { leastIdAt } from './receipt-id';
import { dayKeys, dayOf, noWorkspace } from './sealed-bodies';

const lookEveryMs = 10 * 60_000;
const batch = 2_000;
const dayMs = 86_400_000;

/** Receipts mix many people, so they live short; the key of a day ends with the last of them. */
export function forgetReceipts(deps: {
  pool: Pool;
  clock: Clock;
  days: number;
  parts: Pick<PersonalParts, 'destroy'>;
}): Background {
  const { pool, clock, days, parts } = deps;
  return {
    name: 'forget receipts',
    async run(signal) {
      while (!signal.aborted) {
        const before = new Date(clock.now().getTime() - days * dayMs);
        const { rowCount } = await pool.query(
          `delete from receipt where id in (select id from receipt where id < $1 order by id limit ${batch})`,
          [leastIdAt(before)],
        );
        if ((rowCount ?? 0) < batch) await endKeys(before);
        if ((rowCount ?? 0) < batch) await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };

  /** Of the days of which nothing is left. */
  async function endKeys(before: Date): Promise<void> {
    const { rows } = await pool.query<{ subject: string }>(
      `select subject from log.part_key
        where workspace_id = $1 and subject like $2 and subject < $3 and wrapped is not null`,
      [noWorkspace, `${dayKeys}%`, `${dayKeys}${dayOf(before)}`],
    );
    if (rows.length > 0)
      await parts.destroy(
        noWorkspace,
        rows.map(({ subject }) => subject),
      );
  }
}
