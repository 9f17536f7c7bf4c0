import { gather, isPassingFailure } from '@postrider/event-store';
import type { AppendFacts } from '../delivery/append-facts';
import type { FactOf } from '../delivery/read-delivery';
import type { Receipt, WriteReceipts } from './write-receipts';

/** A delivery that was read, to be committed with its facts. */
export interface ReadReceipt extends Omit<Receipt, 'facts'> {
  readonly facts: readonly FactOf[];
}

export interface GroupCommit {
  /** Resolves once receipt and facts are committed. */
  commit(delivery: ReadReceipt): Promise<void>;
}

const groupMax = { deliveries: 500, facts: 2_000, bytes: 8 * 1024 * 1024 };

/**
 * Deliveries share commits: while one group is under way, what comes meanwhile gathers for the next. Receipts and facts
 * go side by side; if one fails, Meta delivers again, and both are as they would be had it succeeded.
 */
export function groupCommit(deps: { receipts: WriteReceipts; append: AppendFacts }): GroupCommit {
  async function commitTogether(deliveries: readonly ReadReceipt[]): Promise<void[]> {
    const outcomes = await Promise.allSettled([
      deps.receipts(deliveries.map((delivery) => ({ ...delivery, facts: delivery.facts.length }))),
      deps.append(deliveries),
    ]);
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason;
    return deliveries.map(() => undefined);
  }
  return { commit: gather(commitTogether, { fitting, atOnce: 1, isForAll: isPassingFailure }) };
}

function fitting(waiting: readonly ReadReceipt[]): number {
  let [bytes, facts, size] = [0, 0, 0];
  for (const delivery of waiting) {
    bytes += delivery.body.length;
    facts += delivery.facts.length;
    const fits = size < groupMax.deliveries && facts <= groupMax.facts && bytes <= groupMax.bytes;
    if (size > 0 && !fits) break;
    size += 1;
  }
  return size;
}
