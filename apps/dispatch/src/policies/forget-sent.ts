import { capWindowMaxMs } from '@postrider/compliance';
import type { Clock } from '@postrider/decider';
import { everySoOften, type Background } from '@postrider/service-host';
import type { Pool } from 'pg';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** No cap, limit or month looks further back; a little more, for clocks that differ. */
const countsMs = capWindowMaxMs + 2 * dayMs;
/** A portfolio's limit looks a day back. */
const opensMs = 2 * dayMs;
/** What is scheduled further ahead than that is counted from when it is claimed. */
const waitsMs = 400 * dayMs;
/** Of Meta's refusals to deliver marketing. */
const heldBackMs = 32 * dayMs;
const everyMs = 6 * hourMs;
const batch = 5_000;

const forgettable = [
  ['sent', `state <> 'waiting'`, countsMs],
  ['sent', `state = 'waiting'`, waitsMs],
  ['spent', 'true', countsMs, 'quarter'],
  ['opened', 'true', opensMs, `coalesce(at, '-infinity')`],
  ['opened_count', 'true', opensMs, 'begins_at'],
  ['held_back', 'true', heldBackMs],
  ['marketing_arrival', 'true', heldBackMs],
] as const;

/** Forgets what no cap, limit or budget counts any more. */
export async function forgetSent({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): Promise<void> {
  for (const [table, condition, afterMs, at = 'at'] of forgettable) {
    const before = new Date(clock.now().getTime() - afterMs);
    const some = `
      delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} and ${at} < $1 limit ${batch}))`;
    while ((await pool.query(some, [before])).rowCount === batch);
  }
}

export const forgetSentInTime = (deps: { readonly pool: Pool; readonly clock: Clock }): Background =>
  everySoOften('forget-sent', everyMs, () => forgetSent(deps));
