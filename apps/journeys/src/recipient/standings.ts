import type { Measure } from '../campaign/figures';
import { countsOf, type Standing } from './follow';
import { addFigures, writeStandings } from './recipients.sql';

/** A recipient as it is locked, changed in memory and written back with what that does to the figures. */
export interface Recipient extends Standing {
  readonly recipientId: string;
  readonly campaignId: string;
  readonly occurrence: number;
  readonly personKey: string;
  readonly variant: string;
  readonly attempt: number;
  readonly messageId: string | null;
}

/** A transaction, a fold's or our own. */
export interface Writing {
  query(text: string, values: unknown[]): Promise<unknown>;
}

export interface FigureChange {
  readonly campaignId: string;
  readonly occurrence: number;
  readonly variant: string;
  readonly measure: Measure;
  readonly amount: number;
}

/** Writes what changed, and the difference to the figures, in the caller's transaction. */
export async function writeChanges(
  tx: Writing,
  before: ReadonlyMap<string, Recipient>,
  after: ReadonlyMap<string, Recipient>,
): Promise<void> {
  const changed = [...after.values()].filter((now) => before.get(now.recipientId) !== now);
  if (changed.length === 0) return;
  await tx.query(writeStandings, [
    changed.map(({ recipientId }) => recipientId),
    changed.map(({ state }) => state),
    changed.map(({ code }) => code),
    changed.map(({ messageId }) => messageId),
    changed.map(({ sent }) => sent),
    changed.map(({ delivered }) => delivered),
    changed.map(({ read }) => read),
    changed.map(({ optedOut }) => optedOut),
    changed.map(({ heldUntil }) => heldUntil),
  ]);
  await changeFigures(
    tx,
    changed.flatMap((now) => [...figures(before.get(now.recipientId)!, -1), ...figures(now, 1)]),
  );
}

function figures(recipient: Recipient, sign: 1 | -1): FigureChange[] {
  const { campaignId, occurrence, variant } = recipient;
  return Object.entries(countsOf(recipient)).map(([measure, amount]) => ({
    campaignId,
    occurrence,
    variant,
    measure: measure as Measure,
    amount: sign * amount,
  }));
}

/** Adds to the figures; what cancels itself out is not written. */
export async function changeFigures(tx: Writing, changes: readonly FigureChange[]): Promise<void> {
  const sums = new Map<string, FigureChange>();
  for (const change of changes) {
    const key = JSON.stringify([change.campaignId, change.occurrence, change.variant, change.measure]);
    sums.set(key, { ...change, amount: change.amount + (sums.get(key)?.amount ?? 0) });
  }
  const real = [...sums.values()].filter(({ amount }) => Math.abs(amount) > 1e-9);
  if (real.length === 0) return;
  await tx.query(addFigures, [
    real.map(({ campaignId }) => campaignId),
    real.map(({ occurrence }) => occurrence),
    real.map(({ variant }) => variant),
    real.map(({ measure }) => measure),
    real.map(({ amount }) => amount),
  ]);
}
