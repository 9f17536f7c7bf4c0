import type { SendOutcome } from '@postrider/cloud-api-client';
import type { Clock } from '@postrider/decider';
import type { Departure, Departures } from './departures';
import type { HeldLease } from './held-lease';
import type { PacedScope } from './scoped-paces';
import type { Story } from '../message/story';
import { waiter } from './waiter';

/** An attempt whose intent is committed. */
export interface Ready {
  readonly story: Story;
  readonly attempt: number;
  readonly scope: PacedScope;
  /** Counted by the sender's limit and by those of the scope. */
  readonly departure: Departure;
}

/** Makes the one POST; calls `leaving` as it is about to be written. Never throws. */
export type Send = (ready: Ready, leaving: () => void) => Promise<SendOutcome>;

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
  /** All that a POST waits for is awaited here, so that it goes at once when its time has come. */
  prepare(): Promise<Send> | Send;
  /** It surely never left. */
  keepBack(ready: Ready, because: string): Promise<void>;
  conclude(ready: Ready, outcome: SendOutcome): Promise<void>;
  /** How long the answer took that came, or did not come in time. */
  answered?(tookMs: number): void;
}

/**
 * Lets committed attempts go, at the pace of departures, and only while the lease surely lasts. One whose channel or
 * batch must wait lets those behind it pass.
 */
export function pump(deps: PumpDeps): Pump {
  const scopes = new Map<string, { readonly scope: PacedScope; readonly queue: { ready: Ready; place: number }[] }>();
  const tasks = new Set<Promise<void>>();
  const bell = waiter();
  const nowMs = (): number => deps.clock.monotonicMs();
  let places = 0;
  let queued = 0;
  let stopped = false;
  let going = false;
  let pumping: Promise<void> = Promise.resolve();

  const begin = (task: Promise<void>): void => {
    tasks.add(task);
    void task.finally(() => tasks.delete(task));
  };

  /** The first in line that may go now; else how long to wait for it. */
  function next(): Ready | number {
    const now = nowMs();
    const waitMs = stopped ? 0 : deps.departures.waitMs(now);
    if (waitMs > 0) return waitMs;
    let first: { readonly queue: { ready: Ready; place: number }[]; readonly place: number } | undefined;
    let soonestMs = Infinity;
    for (const { scope, queue } of scopes.values()) {
      const head = queue[0];
      if (head === undefined) continue;
      const scopeMs = stopped ? 0 : Math.max(0, ...scope.limits.map((limit) => limit.waitMs(now)));
      if (scopeMs > 0) soonestMs = Math.min(soonestMs, scopeMs);
      else if (first === undefined || head.place < first.place) first = { queue, place: head.place };
    }
    if (first === undefined) return soonestMs;
    queued--;
    return first.queue.shift()!.ready;
  }

  function letGo(ready: Ready, send: Send): void {
    const { departure } = ready;
    departure.letGo();
    const beganMs = nowMs();
    const sent = send(ready, () => departure.left(nowMs())).then((outcome) => {
      departure.end();
      if (outcome.kind !== 'not-sent') deps.answered?.(nowMs() - beganMs);
      bell.wake();
      return deps.conclude(ready, outcome);
    });
    begin(sent);
  }

  function keepBack(ready: Ready, because: string): void {
    ready.departure.end();
    begin(deps.keepBack(ready, because));
  }

  const go = async (): Promise<void> => {
    while (queued > 0) {
      const prepared = deps.prepare();
      const send = typeof prepared === 'function' ? prepared : await prepared;
      const ready = next();
      if (typeof ready === 'number') await bell.wait(Math.min(longestWaitMs, Math.ceil(ready)));
      else if (stopped) keepBack(ready, 'the sender stopped');
      else if (!deps.lease.mayBegin()) keepBack(ready, 'the lease was about to end');
      else letGo(ready, send);
    }
    for (const [key, { queue }] of scopes) if (queue.length === 0) scopes.delete(key);
    going = false;
  };

  return {
    push(more) {
      for (const ready of more) {
        const line = scopes.get(ready.scope.key) ?? { scope: ready.scope, queue: [] };
        scopes.set(ready.scope.key, line);
        line.queue.push({ ready, place: places++ });
      }
      queued += more.length;
      bell.wake();
      if (going) return;
      // Set before it runs: it may be through before it first has to wait.
      going = true;
      pumping = go();
    },
    queued: () => queued,
    underWay: () => tasks.size,
    async stop() {
      stopped = true;
      bell.wake();
      await pumping;
      while (tasks.size > 0) await Promise.all(tasks);
    },
  };
}

const longestWaitMs = 1_000;
