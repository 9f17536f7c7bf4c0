import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BusSubscription } from './bus';
import { fromRecord, isEvent } from './event-record';
import type { KafkaClient } from './kafkajs/client.adapter';
import { kafkaLane, type Fetched, type Lane, type SharedFetch, type Subscriber } from './kafka-lane';
import type { KafkaConsumer, KafkaRecord } from './kafka-port';
import type { Log } from './observer';
import { backoffMs, pauseUnless } from './patience';

export interface FeedOptions {
  readonly client: KafkaClient;
  readonly logger: Log;
  readonly source: ServiceName;
  readonly topic: string;
  readonly group: string;
  readonly shards: number;
  readonly topicConfig: Readonly<Record<string, string>>;
  readonly noteEveryMs: number;
}

export interface Feed {
  subscribe(subscriber: Subscriber): BusSubscription;
  close(deadlineMs: number): Promise<void>;
}

interface Shard {
  readonly over: AbortController;
  readonly lanes: Map<Subscriber, Lane>;
  /** The last position given out; undefined until the fetch has been placed. */
  fed: number | undefined;
}

/** Lanes further behind the foremost than this begin with a fetch of their own, so as not to hold the others up. */
const nearEnough = 4_000;
/** Subscribers of one start come in one go, and are placed together. */
const gatherMs = 20;

/** One consumer of one topic, shared by all readers of a process; each record is fetched and parsed once for all. */
export function kafkaFeed(options: FeedOptions): Feed {
  const { client, logger, topic, group, source } = options;
  const subscribers = new Set<Subscriber>();
  const owned = new Map<number, Shard>();
  const working = new Set<Promise<void>>();
  const closing = new AbortController();
  let consumer: KafkaConsumer | undefined;
  type Wants = NonNullable<Subscriber['wants']>;
  const wantedByAny: Wants = (kind) => [...subscribers].some(({ wants }) => wants?.(kind) ?? true);

  /** What others wrote to the topic is no event, and leaves no hole. */
  function eventsOf(records: readonly KafkaRecord[], wants: Wants): Fetched[] {
    const fetched: Fetched[] = [];
    for (const record of records) {
      if (isEvent(record)) fetched.push({ event: fromRecord(record, wants), offset: record.offset });
      else logger.warn({ topic, offset: record.offset }, 'a record is no event and is passed over');
    }
    return fetched;
  }

  /** Offsets never fall behind positions, so the position itself is a safe place to begin where nothing better is known. */
  async function offsetFor(shard: number, after: number, committed = client.committed(group, topic)): Promise<number> {
    const known = (await committed).get(shard);
    const usable = known && known.offset >= 0 && /^\d+$/.test(known.note) && Number(known.note) <= after;
    return usable ? known.offset : after;
  }

  async function fetchAside(
    shard: number,
    after: number,
    wants: Subscriber['wants'],
    take: (f: readonly Fetched[]) => void,
  ) {
    const offset = await offsetFor(shard, after);
    let last = after;
    const aside: KafkaConsumer = client.consumer(`${group}.aside.${randomUUID()}`, topic, {
      onAssigned() {
        // After a loss of connection it begins again where it was; what comes twice is passed over.
        aside.seek(shard, last > after ? last : offset);
        aside.resume(shard);
      },
      onRevoked: () => undefined,
      onRecords(_, records) {
        const fetched = eventsOf(records, wants ?? (() => true));
        last = fetched.at(-1)?.event.position ?? last;
        take(fetched);
      },
    });
    return { pause: () => aside.pause(shard), resume: () => aside.resume(shard), close: () => aside.close(1_000) };
  }

  function addLane(number: number, shard: Shard, subscriber: Subscriber, from: number): void {
    const shared: SharedFetch = {
      ...{ source, shard: number, over: shard.over.signal },
      fed: () => shard.fed ?? 0,
      fetchAside: (after, wants, take) => fetchAside(number, after, wants, take),
      tell: (error) => logger.info({ err: error, group, shard: number }, 'records are delivered again'),
    };
    const lane = kafkaLane(subscriber, shared, from);
    shard.lanes.set(subscriber, lane);
    const work = lane.run().finally(() => working.delete(work));
    working.add(work);
  }

  /** Asks all readers where they are, and puts the fetch where the hindmost of those near the front is. */
  async function place(number: number, shard: Shard, committed: ReturnType<KafkaClient['committed']>): Promise<void> {
    const { signal } = shard.over;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const all = [...subscribers];
        const positions = await Promise.all(all.map((subscriber) => subscriber.position(number)));
        const foremost = Math.max(...positions);
        const start = Math.min(...positions.filter((position) => position >= foremost - nearEnough));
        const offset = await offsetFor(number, start, failures === 0 ? committed : undefined);
        if (signal.aborted) return;
        consumer?.seek(number, offset);
        shard.fed = start;
        all.forEach(
          (subscriber, index) =>
            subscribers.has(subscriber) && addLane(number, shard, subscriber, positions[index] ?? 0),
        );
        for (const late of subscribers) if (!shard.lanes.has(late)) void join(number, shard, late);
        consumer?.resume(number);
        return;
      } catch (error) {
        logger.warn({ err: error, group, shard: number }, "the readers' places are not known yet");
        await pauseUnless(signal, backoffMs(failures, 50, 5_000));
      }
    }
  }

  /** A subscriber that comes while the shard is already fetched. */
  async function join(number: number, shard: Shard, subscriber: Subscriber): Promise<void> {
    for (let failures = 0; !shard.over.signal.aborted && subscribers.has(subscriber); failures++) {
      try {
        const from = await subscriber.position(number);
        if (!shard.over.signal.aborted && subscribers.has(subscriber)) addLane(number, shard, subscriber, from);
        return;
      } catch (error) {
        logger.warn({ err: error, group, shard: number }, "a reader's place is not known yet");
        await pauseUnless(shard.over.signal, backoffMs(failures, 50, 5_000));
      }
    }
  }

  function drop(): void {
    for (const shard of owned.values()) shard.over.abort();
    owned.clear();
  }

  async function note(): Promise<void> {
    for (const [number, shard] of owned) {
      const [hindmost] = [...shard.lanes.values()].sort((one, other) => one.at() - other.at());
      const hint = hindmost?.hint();
      if (hint) await consumer?.commit(number, hint.offset, String(hint.position));
    }
  }

  async function start(): Promise<void> {
    await pauseUnless(closing.signal, gatherMs);
    for (let failures = 0; !closing.signal.aborted;) {
      try {
        await client.ensureTopic(topic, options.shards, options.topicConfig);
        break;
      } catch (error) {
        logger.warn({ err: error, topic }, 'a topic is not ready');
        await pauseUnless(closing.signal, backoffMs(failures++, 200, 5_000));
      }
    }
    if (closing.signal.aborted) return;
    consumer = client.consumer(group, topic, {
      onAssigned(partitions) {
        drop();
        // Asked once for all: asking takes a connection of its own, and a takeover waits for it.
        const committed = client.committed(group, topic);
        committed.catch(() => undefined);
        for (const number of partitions) {
          const shard: Shard = { over: new AbortController(), lanes: new Map(), fed: undefined };
          owned.set(number, shard);
          void place(number, shard, committed);
        }
      },
      onRevoked: drop,
      onRecords(partition, records) {
        const shard = owned.get(partition);
        if (shard?.fed === undefined) return;
        const fetched = eventsOf(records, wantedByAny);
        const last: RecordedEvent | undefined = fetched.at(-1)?.event;
        if (!last) return;
        for (const lane of shard.lanes.values()) lane.offer(fetched);
        shard.fed = Math.max(shard.fed, last.position);
      },
    });
  }

  const started = start();
  const noting = setInterval(() => void note(), options.noteEveryMs);
  noting.unref();

  /** Waits for what is at hand, but no longer than this. */
  async function finish(works: Iterable<Promise<void>>, deadlineMs: number): Promise<void> {
    const late = new AbortController();
    await Promise.race([
      Promise.all(works),
      pause(deadlineMs, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
  }

  return {
    subscribe(subscriber) {
      subscribers.add(subscriber);
      for (const [number, shard] of owned) if (shard.fed !== undefined) void join(number, shard, subscriber);
      return {
        async close(deadlineMs) {
          subscribers.delete(subscriber);
          const ending: Promise<void>[] = [];
          for (const shard of owned.values()) {
            const lane = shard.lanes.get(subscriber);
            shard.lanes.delete(subscriber);
            if (lane) ending.push(lane.end());
          }
          await finish(ending, deadlineMs);
        },
      };
    },
    async close(deadlineMs) {
      closing.abort();
      clearInterval(noting);
      await started;
      await Promise.race([note(), pause(1_000, undefined, { ref: false })]);
      drop();
      await finish(working, deadlineMs);
      await consumer?.close(Math.max(deadlineMs, 500));
    },
  };
}
