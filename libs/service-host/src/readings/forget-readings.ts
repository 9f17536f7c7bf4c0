import type { Clock } from '@postrider/decider';
import { leastIdAt } from '@postrider/keys';
import type { Pool } from 'pg';
import { everySoOften } from '../every-so-often';
import type { Background } from '../service-definition';

const everyMs = 60 * 60_000;
const atOnce = 5_000;
const dayMs = 86_400_000;
const forgetSome = `delete from reading where id in (select id from reading where id < $1 order by id limit ${atOnce})`;

/** Takes away readings that are older than they are kept. */
export function forgetReadings(deps: { service: string; pool: Pool; clock: Clock; days: number }): Background {
  const { pool, clock, days } = deps;
  return everySoOften(`${deps.service}:forget-readings`, everyMs, async () => {
    const before = new Date(clock.now().getTime() - days * dayMs);
    const { rowCount } = await pool.query(forgetSome, [leastIdAt(before)]);
    return rowCount === atOnce ? 'more' : undefined;
  });
}
