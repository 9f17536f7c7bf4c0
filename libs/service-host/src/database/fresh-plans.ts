import type { Pool, PoolClient } from 'pg';

/** A table that was empty when a statement was planned may hold ten thousands of rows so much later. */
const planLivesMs = 20_000;

/**
 * Has a pool's connections plan their prepared statements anew from time to time. Postgres keeps a plan until the table is
 * analyzed, a minute or more after it began to grow; until then a plan for a few rows reads all of many.
 */
export function withFreshPlans(pool: Pool, livesMs = planLivesMs): Pool {
  const plannedAt = new WeakMap<PoolClient, number>();
  const takeUp = (client: PoolClient): void => {
    const now = performance.now();
    const before = plannedAt.get(client) ?? now;
    if (now - before < livesMs) return void plannedAt.set(client, before);
    plannedAt.set(client, now);
    // Goes before what it was taken for, which meets the same failure where it can be told.
    client.query('discard plans').catch(() => undefined);
  };
  return pool.on('acquire', takeUp);
}
