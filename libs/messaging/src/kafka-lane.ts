import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';
import type { Bus } from './bus';
import { backoffMs, pauseUnless } from './patience';

export interface Fetched {
  readonly event: RecordedEvent;
  readonly offset: number;
}

/** A fetch of its own for a lane that has fallen behind the shared one. */
export interface SideFetch {
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

/** What a lane sees of the shared fetch of its shard. */
export interface SharedFetch {
  readonly source: ServiceName;
  readonly shard: number;
  /** Ends with the assignment. */
  readonly over: AbortSignal;
  /** The last position that it has given out. */
  fed(): number;
  fetchAside(
    after: number,
    wants: Subscriber['wants'],
    take: (fetched: readonly Fetched[]) => void,
  ): Promise<SideFetch>;
  tell(error: unknown): void;
}

export type Subscriber = Omit<Parameters<Bus['subscribe']>[0], 'source' | 'group' | 'alone'>;

/** One reader's queue on one shard, from one assignment to the next. */
export interface Lane {
  readonly subscriber: Subscriber;
  /** The last position dealt with. */
  at(): number;
  /** A place to begin for whoever comes next: everything up to `position` is dealt with and stands before `offset`. */
  hint(): { offset: number; position: number } | undefined;
  /** From the shared fetch; not taken while the lane is behind it. */
  offer(fetched: readonly Fetched[]): void;
  /** Works until the assignment or the subscription ends. */
  run(): Promise<void>;
  /** Takes no more, and returns once the batch at hand is finished. */
  end(): Promise<void>;
}

/** Beyond this many waiting events a lane lets the shared fetch go on without it. */
const queueMax = 4_000;

/** A reader that keeps up shares its fetch and its parsed events with all others; one that does not fetches for itself. */
export function kafkaLane(subscriber: Subscriber, shared: SharedFetch, from: number): Lane {
  const { source, shard, over } = shared;
  const { maxBatch } = subscriber;
  const ended = new AbortController();
  const stop = AbortSignal.any([over, ended.signal]);
  let at = from;
  let queue: Fetched[] = [];
  let attached = at >= shared.fed();
  let side: SideFetch | undefined;
  let sidePaused = false;
  let hint: { offset: number; position: number } | undefined;
  let wake = (): void => undefined;
  let running: Promise<void> = Promise.resolve();

  const something = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      if (stop.aborted) resolve();
    });
  stop.addEventListener('abort', () => wake());

  async function detach(): Promise<void> {
    attached = false;
    queue = [];
    await side?.close();
    side = undefined;
  }

  /** Behind: fetches aside until it has met the shared fetch, and then lets go of its own. */
  async function keepFed(): Promise<void> {
    if (attached) return;
    if (at >= shared.fed()) {
      attached = true;
      // The fetch aside takes its time to leave; the lane goes on.
      void side?.close();
      side = undefined;
    } else if (!side) {
      sidePaused = false;
      side = await shared.fetchAside(at, subscriber.wants, (fetched) => {
        queue.push(...fetched);
        wake();
        if (queue.length < queueMax || sidePaused) return;
        sidePaused = true;
        side?.pause();
      });
    } else if (sidePaused && queue.length < maxBatch) {
      sidePaused = false;
      side.resume();
    }
  }

  async function step(): Promise<void> {
    await keepFed();
    const taken = queue.slice(0, maxBatch);
    const last = taken.at(-1);
    if (!last) {
      // Nothing may come between looking at the queue and waiting for it.
      if (attached || side) await something();
      return;
    }
    const events = taken.map(({ event }) => event);
    // Fetching goes on beside the handler, and with it the heartbeats: there are none left to send.
    await subscriber.handle({ source, shard, events, alive: () => !stop.aborted, heartbeat: async () => undefined });
    queue.splice(0, taken.length);
    at = Math.max(at, last.event.position);
    hint = { offset: last.offset + 1, position: last.event.position };
  }

  return {
    subscriber,
    at: () => at,
    hint: () => hint,
    offer(fetched) {
      if (!attached) return;
      if (queue.length + fetched.length > queueMax && queue.length > 0) attached = false;
      else queue.push(...fetched);
      wake();
    },
    end() {
      ended.abort();
      return running;
    },
    run() {
      running = work();
      return running;
    },
  };

  async function work(): Promise<void> {
    for (let failures = 0; !stop.aborted;) {
      try {
        await step();
        failures = 0;
      } catch (error) {
        shared.tell(error);
        await pauseUnless(stop, backoffMs(failures++, 25, 5_000));
        if (stop.aborted) break;
        const now = await subscriber.position(shard).catch(() => at);
        queue = queue.filter(({ event }) => event.position > now);
        at = now;
        if ((queue[0]?.event.position ?? shared.fed() + 1) > now + 1) await detach();
      }
    }
    await side?.close();
  }
}
