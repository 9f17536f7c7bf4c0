import type { RecordedEvent } from '@postrider/event-contracts';
import type { EventLog, Growth } from '@postrider/event-store';

const cachedEvents = 1_000;
const cachedCharacters = 8_000_000;
const readAtOnce = 500;

/**
 * The end of one shard, shared by everyone who follows it: many readers at the head cost one read. Personal parts stay
 * sealed, so that nothing here outlives the key of an erased person.
 */
export interface ShardTail {
  /** Events above `after`, in order, at most `limit`; empty where there are none yet. */
  read(after: number, limit: number): Promise<readonly RecordedEvent[]>;
  /** Grows with every sign that the shard grew; to be taken before a read whose emptiness will be waited on. */
  signs(): number;
  /** Returns once there has been a sign since `seen`, or the signal aborts. */
  grown(seen: number, signal: AbortSignal): Promise<void>;
}

export interface LogTail {
  shard(shard: number): ShardTail;
  close(): void;
}

/** About how many characters a value holds; exact enough to bound a cache, and far cheaper than writing it out. */
function weightOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let weight = 16;
  for (const member of Object.values(value)) weight += 16 + weightOf(member);
  return weight;
}

/**
 * Follows a log by its signal, with a look at its heads every `pollMs` as the safety net. What this process appends itself
 * comes with the signal and is not read back, as long as nothing that others appended lies between.
 */
export function logTail(log: EventLog, pollMs: number): LogTail {
  const tails = Array.from({ length: log.shards }, (_, shard) => shardTail(log, shard));
  const stopListening = log.onAppended((shard, growth) => tails[shard]?.sign(growth));
  const poll = setInterval(() => {
    log.heads().then(
      (heads) => heads.forEach((head, shard) => tails[shard]?.headIs(head)),
      // Readers meet the same failure where it can be waited for and told.
      () => undefined,
    );
  }, pollMs);
  poll.unref();
  return {
    shard(shard) {
      const tail = tails[shard];
      if (!tail) throw new RangeError(`${log.service} has no shard ${shard}`);
      return tail;
    },
    close() {
      clearInterval(poll);
      stopListening();
    },
  };
}

function shardTail(
  log: EventLog,
  shard: number,
): ShardTail & { sign(growth?: Growth): void; headIs(head: number): void } {
  let cache: { event: RecordedEvent; characters: number }[] = [];
  let characters = 0;
  let signs = 0;
  let waiting = new Set<() => void>();
  let reading: { signs: number; after: number; done: Promise<readonly RecordedEvent[]> } | undefined;
  /** Where the shard ended when it was last read or heard to its end, and the signs there had been by then. */
  let end = { position: -1, signs: -1 };
  const lastCached = (): number => cache.at(-1)?.event.position ?? -1;

  function keep(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      if (event.position <= lastCached()) continue;
      if (cache.length > 0 && event.position !== lastCached() + 1) {
        cache = [];
        characters = 0;
      }
      const size = weightOf(event.data) + weightOf(event.personal) + (event.sealed?.length ?? 0);
      cache.push({ event, characters: size });
      characters += size;
    }
    while (cache.length > cachedEvents || (characters > cachedCharacters && cache.length > 0)) {
      characters -= cache.shift()?.characters ?? 0;
    }
  }

  /** Takes what the shard grew by where it follows on what is known; after any sign that still waits for a read, more may follow it. */
  function hear(growth: Growth, noneWaits: boolean): void {
    const events = growth();
    const last = events.at(-1)?.position;
    if (last === undefined || events[0]?.position !== Math.max(lastCached(), end.position) + 1) return;
    keep(events);
    if (noneWaits) end = { position: last, signs };
  }

  function sign(growth?: Growth): void {
    const noneWaits = end.signs === signs;
    signs++;
    if (growth) hear(growth, noneWaits);
    const woken = waiting;
    waiting = new Set();
    for (const wake of woken) wake();
  }

  /** Reads beyond the cache once for all who ask, unless the shard has grown since that read began. */
  async function readOn(after: number): Promise<readonly RecordedEvent[]> {
    while (reading && (reading.after !== after || reading.signs !== signs)) await reading.done.catch(() => undefined);
    if (!reading) {
      const before = signs;
      const done = log.readSealed(shard, after, readAtOnce).then((events) => {
        keep(events);
        const isEnd = events.length < readAtOnce && before >= end.signs;
        if (isEnd) end = { position: events.at(-1)?.position ?? after, signs: before };
        return events;
      });
      const mine = { signs: before, after, done };
      reading = mine;
      const free = (): void => {
        if (reading === mine) reading = undefined;
      };
      done.then(free, free);
    }
    return reading.done;
  }

  return {
    async read(after, limit) {
      const first = cache[0]?.event.position ?? Infinity;
      if (after + 1 >= first && after < lastCached()) {
        return cache.slice(after + 1 - first, after + 1 - first + limit).map(({ event }) => event);
      }
      if (end.signs === signs && after >= end.position) return [];
      const atTheEnd = cache.length === 0 || after >= lastCached();
      if (!atTheEnd) return log.readSealed(shard, after, limit);
      return (await readOn(after)).slice(0, limit);
    },
    signs: () => signs,
    grown: (seen, signal) =>
      new Promise((resolve) => {
        if (signs !== seen || signal.aborted) return resolve();
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      }),
    sign,
    headIs: (head) => {
      if (head > Math.max(lastCached(), 0) || (cache.length === 0 && head > 0)) sign();
    },
  };
}
