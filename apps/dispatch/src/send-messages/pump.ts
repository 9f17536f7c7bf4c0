import { setTimeout as pause } from 'node:timers/promises';
import type { SendOutcome } from '@postrider/cloud-api-client';
import type { Clock } from '@postrider/decider';
import type { HeldLease } from './held-lease';
import type { Departures } from './pace';
import type { Story } from '../message/story';

/** An attempt whose intent is committed. */
export interface Ready {
  readonly story: Story;
  readonly attempt: number;
}

export interface Pump {
  push(ready: readonly Ready[]): void;
  /** Committed, and not yet gone. */
  queued(): number;
  underWay(): number;
  /** Nothing more leaves; returns once every answer is written down. */
  stop(): Promise<void>;
}

export interface PumpDeps {
  readonly lease: Pick<HeldLease, 'mayBegin'>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly departures: Departures;
  send(ready: Ready): Promise<SendOutcome>;
  /** It surely never left. */
  keepBack(ready: Ready, because: string): Promise<void>;
  conclude(ready: Ready, outcome: SendOutcome): Promise<void>;
}

/** Lets committed attempts go, one by one, at the pace of departures, and only while the lease surely lasts. */
export function pump(deps: PumpDeps): Pump {
  const queue: Ready[] = [];
  const tasks = new Set<Promise<void>>();
  let stopped = false;
  let going = false;
  let pumping: Promise<void> = Promise.resolve();

  const begin = (task: Promise<void>): void => {
    tasks.add(task);
    void task.finally(() => tasks.delete(task));
  };

  const go = async (): Promise<void> => {
    while (queue.length > 0) {
      const waitMs = stopped ? 0 : deps.departures.waitMs(deps.clock.monotonicMs());
      if (waitMs > 0) {
        await pause(Math.ceil(waitMs));
        continue;
      }
      const ready = queue.shift()!;
      if (stopped) begin(deps.keepBack(ready, 'the sender stopped'));
      else if (!deps.lease.mayBegin()) begin(deps.keepBack(ready, 'the lease was about to end'));
      else {
        deps.departures.left(deps.clock.monotonicMs());
        begin(deps.send(ready).then((outcome) => deps.conclude(ready, outcome)));
      }
    }
    going = false;
  };

  return {
    push(ready) {
      queue.push(...ready);
      if (going) return;
      // Set before it runs: it may be through before it first has to wait.
      going = true;
      pumping = go();
    },
    queued: () => queue.length,
    underWay: () => tasks.size,
    async stop() {
      stopped = true;
      await pumping;
      while (tasks.size > 0) await Promise.all(tasks);
    },
  };
}
