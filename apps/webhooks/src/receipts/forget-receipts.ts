import type { Clock } from '@postrider/decider';
import { leastIdAt } from '@postrider/keys';
import { everySoOften, type Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { PersonalParts } from '@postrider/event-store';
import { daysBefore } from './day-keys';

const lookEveryMs = 10 * 60_000;
const batch = 2_000;
const dayMs = 86_400_000;
const forgetSome = `delete from receipt where id in (select id from receipt where id < $1 order by id limit ${batch})`;

/** Receipts mix many people, so they live short; the keys of a day end with the last of them. */
export function forgetReceipts(deps: {
  pool: Pool;
  clock: Clock;
  days: number;
  parts: Pick<PersonalParts, 'destroy'>;
}): Background {
  const { pool, clock, days, parts } = deps;
  return everySoOften('forget receipts', lookEveryMs, async () => {
    const before = new Date(clock.now().getTime() - days * dayMs);
    const { rowCount } = await pool.query(forgetSome, [leastIdAt(before)]);
    if (rowCount === batch) return 'more';
    await endKeys(before);
    return undefined;
  });

  /** Of the days of which nothing is left. The ranges are compared as bytes, as a day sorts behind the ones before. */
  async function endKeys(before: Date): Promise<void> {
    for (const { from, to } of daysBefore(before)) {
      const { rows } = await pool.query<{ workspaceId: string; subjects: string[] }>(
        `select workspace_id as "workspaceId", array_agg(subject) as subjects from log.part_key
          where own and wrapped is not null and subject collate "C" >= $1 and subject collate "C" < $2 group by workspace_id`,
        [from, to],
      );
      for (const { workspaceId, subjects } of rows) await parts.destroy(workspaceId, subjects);
    }
  }
}
