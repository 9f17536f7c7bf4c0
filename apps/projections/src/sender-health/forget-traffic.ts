import type { Clock } from '@postrider/decider';
import { everySoOften, type Background } from '@postrider/service-host';
import type { Pool } from 'pg';

const lookEveryMs = 10 * 60_000;
const keptMs = 2 * 86_400_000;

/** How busy a number was matters for an hour; a year of minutes would only slow the answer down. */
export const forgetTraffic = ({ pool, clock }: { pool: Pool; clock: Clock }): Background =>
  everySoOften('forget sender traffic', lookEveryMs, async () => {
    await pool.query('delete from sender_traffic where minute < $1', [new Date(clock.now().getTime() - keptMs)]);
  });
