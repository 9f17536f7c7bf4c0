import type { Pool } from 'pg';
import { withPatience } from './database-failure';
import { fixShape } from './sql/fix-shape.sql';
import { makeShardHeads } from './sql/make-shard-heads.sql';
import { readShape } from './sql/read-shape.sql';

/** Fixes the number of shards of a new log; on an old one, checks it. */
export async function openLog(pool: Pool, shards: number, patienceMs: number): Promise<void> {
  const stored = await withPatience(patienceMs, async () => {
    await pool.query(fixShape, [shards]);
    const { rows } = await pool.query<{ shards: number }>(readShape);
    return rows[0]?.shards;
  });
  if (stored !== shards) {
    throw new Error(
      `the event log was made with ${stored} shards and cannot be opened with ${shards}: the number is fixed`,
    );
  }
  await withPatience(patienceMs, () => pool.query(makeShardHeads, [shards]));
}
