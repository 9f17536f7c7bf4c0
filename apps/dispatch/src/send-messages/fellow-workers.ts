import type { Clock } from '@postrider/decider';
import type { Leases } from '@postrider/event-store';
import { holdLease, type HeldLease } from './held-lease';

/** The processes that send, so that each takes its part of the senders. */
export interface FellowWorkers {
  /** How many there are now, this one among them. */
  count(): Promise<number>;
  leave(): Promise<void>;
}

const prefix = 'dispatch-worker:';
const places = 64;
/** A worker that died is not counted for longer. */
const ttlMs = 5_000;

/** Every worker holds a place of its own. */
export function fellowWorkers(deps: { leases: Leases; clock: Clock; owner: string }): FellowWorkers {
  let place: HeldLease | undefined;
  const take = async (): Promise<void> => {
    for (let number = 0; number < places; number++) {
      place = await holdLease({
        ...deps,
        name: `${prefix}${number}`,
        ttlMs,
        requestTimeoutMs: 0,
        onLost: () => undefined,
      });
      if (place !== undefined) return;
    }
  };
  return {
    async count() {
      if (!place?.isHeld()) await take();
      return Math.max(1, await deps.leases.held(prefix));
    },
    async leave() {
      await place?.release();
    },
  };
}

/** How many senders are one worker's part: all are taken, and nobody has more than one above another. */
export const fairShare = (senders: number, workers: number): number => Math.ceil(senders / Math.max(1, workers));
