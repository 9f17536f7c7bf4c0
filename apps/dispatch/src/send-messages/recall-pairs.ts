import type { Pool } from 'pg';
import { pairBurst, pairIntervalMs, type Pairs } from './pace';
import { recentPairs } from './recent-pairs.sql';

export interface Recall {
  readonly accountId: string;
  readonly channelIds: readonly string[];
  readonly now: Date;
  /** The same moment on the clock that paces. */
  readonly nowMs: number;
}

/** Whoever takes a sender over knows by this whom the last one has just sent to. Unknown attempts count. */
export async function recallPairs(
  pool: Pool,
  pairs: Pairs,
  { accountId, channelIds, now, nowMs }: Recall,
): Promise<void> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  const values = [accountId, channelIds, before(pairBurst * pairIntervalMs), before(pairIntervalMs)];
  const { rows } = await pool.query<{ alias_key: string; times: Date[] }>(recentPairs, values);
  for (const { alias_key: pair, times } of rows) {
    for (const at of times) pairs.left(pair, nowMs - Math.max(0, now.getTime() - at.getTime()));
  }
}
