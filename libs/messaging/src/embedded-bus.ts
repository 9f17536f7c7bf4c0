import type { ServiceName } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bus, BusSubscription } from './bus';
import { logTail, type LogTail } from './log-tail';
import { backoffMs, pauseUnless } from './patience';

/**
 * The bus of services that share a process: a subscriber tails the owning service's log, read-only. Closing it leaves
 * the logs open; they belong to their services.
 */
export function embeddedBus(logs: ReadonlyMap<ServiceName, EventLog>, options: { pollMs?: number } = {}): Bus {
  const tails = new Map<ServiceName, LogTail>();
  const open = new Set<BusSubscription>();

  function tailOf(source: ServiceName): { log: EventLog; tail: LogTail } {
    const log = logs.get(source);
    if (!log) throw new Error(`The embedded bus has no log of ${source}; it has ${[...logs.keys()].join(', ')}.`);
    const tail = tails.get(source) ?? logTail(log, options.pollMs ?? 1_000);
    tails.set(source, tail);
    return { log, tail };
  }

  const subscribe: Bus['subscribe'] = async ({ source, position, handle, maxBatch }) => {
    const { log, tail } = tailOf(source);
    const closing = new AbortController();
    // Each waiting shard listens for the end.
    let alive = true;

    async function follow(shard: number): Promise<void> {
      const end = tail.shard(shard);
      for (let failures = 0; !closing.signal.aborted;) {
        try {
          let after = await position(shard);
          while (!closing.signal.aborted) {
            const seen = end.signs();
            const events = await end.read(after, maxBatch);
            const last = events.at(-1);
            if (!last) {
              await end.grown(seen, closing.signal);
              continue;
            }
            await handle({ source, shard, events, alive: () => alive, heartbeat: async () => undefined });
            after = last.position;
            failures = 0;
          }
        } catch {
          // The reader has told of its failure; the bus only delivers again, from where the reader now stands.
          await pauseUnless(closing.signal, backoffMs(failures++, 25, 5_000));
        }
      }
    }

    const done = Promise.all(Array.from({ length: log.shards }, (_, shard) => follow(shard)));
    const subscription: BusSubscription = {
      async close(deadlineMs) {
        closing.abort();
        open.delete(subscription);
        const late = new AbortController();
        await Promise.race([done, pause(deadlineMs, undefined, { signal: late.signal }).catch(() => undefined)]);
        late.abort();
        alive = false;
      },
    };
    open.add(subscription);
    return subscription;
  };

  return {
    subscribe,
    open: (source, events) => tailOf(source).log.open(events),
    async close() {
      await Promise.all([...open].map((subscription) => subscription.close(5_000)));
      for (const tail of tails.values()) tail.close();
      tails.clear();
    },
  };
}
