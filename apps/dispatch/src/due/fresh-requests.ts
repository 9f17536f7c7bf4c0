import type { RecordedEvent } from '@postrider/event-contracts';
import type { Clock } from '@postrider/decider';

/**
 * Requests that were just folded into `due`, sealed as they travel, so that whoever sends them in the same process need
 * not read and parse them again. Only a hint: each counts for the first version of its stream, and the append of what follows says whether it
 * still stands there.
 */
export interface FreshRequests {
  keep(requested: RecordedEvent): void;
  /** Hands it over, once. */
  take(messageId: string): RecordedEvent | undefined;
}

const keptMax = 4_000;
/** What is not sent by then waits for something, and is read when its time has come. */
const keptMs = 10_000;

export function freshRequests({ monotonicMs }: Pick<Clock, 'monotonicMs'>): FreshRequests {
  const kept = new Map<string, { readonly requested: RecordedEvent; readonly untilMs: number }>();
  const forget = (nowMs: number): void => {
    for (const [id, { untilMs }] of kept) {
      if (untilMs > nowMs && kept.size <= keptMax) return;
      kept.delete(id);
    }
  };
  return {
    keep(requested) {
      const nowMs = monotonicMs();
      kept.delete(requested.streamId);
      kept.set(requested.streamId, { requested, untilMs: nowMs + keptMs });
      forget(nowMs);
    },
    take(messageId) {
      const nowMs = monotonicMs();
      forget(nowMs);
      const found = kept.get(messageId);
      kept.delete(messageId);
      return found?.requested;
    },
  };
}
