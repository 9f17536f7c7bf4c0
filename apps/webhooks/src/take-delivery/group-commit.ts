import { isPassingFailure } from '@postrider/event-store';
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

interface Waiting {
  readonly delivery: ReadReceipt;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

const groupMax = { deliveries: 500, facts: 2_000, bytes: 8 * 1024 * 1024 };

/**
 * Deliveries share commits: while one group is under way, what comes meanwhile gathers for the next. Receipts and facts
 * go side by side; if one fails, Meta delivers again, and both are as they would be had it succeeded.
 */
export function groupCommit(deps: { receipts: WriteReceipts; append: AppendFacts }): GroupCommit {
  let queue: Waiting[] = [];
  let running = false;

  const nextGroup = (): Waiting[] => {
    let [bytes, facts, size] = [0, 0, 0];
    for (const { delivery } of queue) {
      bytes += delivery.body.length;
      facts += delivery.facts.length;
      const fits = size < groupMax.deliveries && facts <= groupMax.facts && bytes <= groupMax.bytes;
      if (size > 0 && !fits) break;
      size += 1;
    }
    const group = queue.slice(0, size);
    queue = queue.slice(size);
    return group;
  };

  async function commitGroup(group: readonly Waiting[]): Promise<void> {
    const deliveries = group.map(({ delivery }) => delivery);
    const [stored, appended] = await Promise.allSettled([
      deps.receipts(deliveries.map((delivery) => ({ ...delivery, facts: delivery.facts.length }))),
      deps.append(deliveries),
    ]);
    const failure = [stored, appended].find((result) => result.status === 'rejected');
    if (failure === undefined) for (const { done } of group) done();
    else if (group.length === 1 || isPassingFailure(failure.reason))
      for (const { failed } of group) failed(failure.reason);
    // One delivery's trouble is not the others'. Nor do those wait that came meanwhile.
    else for (const one of group) void commitGroup([one]);
  }

  async function run(): Promise<void> {
    // Those that come in the same turn of the loop share the first commit too.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) await commitGroup(nextGroup());
    running = false;
  }

  return {
    commit: (delivery) =>
      new Promise((done, failed) => {
        queue.push({ delivery, done, failed });
        if (running) return;
        running = true;
        void run();
      }),
  };
}
