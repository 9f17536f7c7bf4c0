import { inTransaction, type Tx } from '@postrider/messaging';
import type { Pool } from 'pg';
import { buckets, type Bucket } from '../campaign/figures';
import { changeFigures } from '../recipient/standings';
import { endPlanned, endPlanning, planFailed, readUnplanned } from './recipients-at-work.sql';

interface Which {
  readonly campaignId: string;
  readonly occurrence: number;
}

type Moved = { variant: string; people: number };

/** Ends planning, and what was never handed over, some thousands at a time; answers whether there was any. */
export async function endWaiting(
  pool: Pool,
  { campaignId, occurrence }: Which,
  state: 'cancelled' | 'expired',
  lostBefore: Date,
): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(endPlanning, [campaignId, occurrence]);
    if (rowCount! > 0) await endUnplanned(tx, { campaignId, occurrence }, state);
    const { rows } = await tx.query<Moved>(endPlanned, [campaignId, occurrence, state, state, lostBefore]);
    await move(tx, { campaignId, occurrence }, rows, ['pending', state]);
    return rows.length > 0;
  });
}

/** Plans what failed for the retry of this number. Done again after a crash, it changes nothing. */
export async function planRetry(pool: Pool, { campaignId, occurrence }: Which, retry: number): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<Moved>(planFailed, [campaignId, occurrence, retry + 1]);
    await move(tx, { campaignId, occurrence }, rows, ['failed', 'pending']);
    const done = 'update occurrence set retries = $3 where campaign_id = $1 and occurrence = $2';
    await tx.query(done, [campaignId, occurrence, retry]);
  });
}

/** Who is in the figures, and was not planned, ends so: planning is over. */
export async function endUnplanned(tx: Tx, which: Which, state: 'cancelled' | 'expired'): Promise<void> {
  const { rows } = await tx.query<Moved>(readUnplanned, [which.campaignId, which.occurrence, buckets]);
  await move(tx, which, rows, ['pending', state]);
}

/** So many people of each variant go from one bucket to another. */
export async function move(
  tx: Tx,
  { campaignId, occurrence }: Which,
  moved: readonly Moved[],
  [from, to]: [Bucket, Bucket],
): Promise<void> {
  await changeFigures(
    tx,
    moved.flatMap(({ variant, people }) => [
      { campaignId, occurrence, variant, measure: from, amount: -people },
      { campaignId, occurrence, variant, measure: to, amount: people },
    ]),
  );
}
