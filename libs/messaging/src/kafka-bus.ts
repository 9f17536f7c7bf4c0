import type { RecordedEvent } from '@postrider/event-contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bus, BusSubscription } from './bus';
import { fromRecord, isEvent, topicOf } from './event-record';
import { kafkaClient, type KafkaClient } from './kafka-bus.adapter';
import { type KafkaConsumer, type KafkaRecord, type KafkaSettings } from './kafka-port';
import { silent } from './observer';
import { backoffMs, pauseUnless } from './patience';

export interface KafkaBusSettings extends KafkaSettings {
  /** The installation's number of shards, which is every topic's number of partitions; 4. */
  readonly shards?: number;
  /** What topics and groups begin with, where one cluster serves several installations; `postrider`. */
  readonly installation?: string;
  /** How often the group's place is noted with the broker; 2 s. */
  readonly noteEveryMs?: number;
}

/** Kept for ever, and with room for the largest event: a webhook body of 4 MB, quoted. */
export const logTopicConfig = { 'retention.ms': '-1', 'cleanup.policy': 'delete', 'max.message.bytes': '8388608' };

/** The bus of services that run apart: consumers of what every owner's relay produced. */
export function kafkaBus(settings: KafkaBusSettings): Bus {
  const client = kafkaClient(settings);
  const open = new Set<BusSubscription>();
  return {
    async subscribe(options) {
      const subscription = subscribe(client, settings, options);
      open.add(subscription);
      return {
        async close(deadlineMs) {
          open.delete(subscription);
          await subscription.close(deadlineMs);
        },
      };
    },
    async close() {
      await Promise.all([...open].map((subscription) => subscription.close(5_000)));
    },
  };
}

/** What was fetched of one partition and not yet handled, from one assignment to the next. */
interface Lane {
  readonly shard: number;
  readonly over: AbortController;
  records: KafkaRecord[];
  /** Set once the consumer has been put where the reader stands; records from before are stale. */
  placed: boolean;
  paused: boolean;
  wake: () => void;
}

function subscribe(
  client: KafkaClient,
  settings: KafkaBusSettings,
  options: Parameters<Bus['subscribe']>[0],
): BusSubscription {
  const { source, position, handle, maxBatch } = options;
  const logger = settings.logger ?? silent;
  const topic = topicOf(source, settings.installation);
  // kafkajs gives every member of a group every topic of the group, so a group has one topic.
  const group = `${settings.installation ?? 'postrider'}.${options.group}.${source}`;
  const full = maxBatch * 2;
  const lanes = new Map<number, Lane>();
  const working = new Set<Promise<void>>();
  const closing = new AbortController();
  const noted = new Map<number, { offset: number; position: number }>();
  let consumer: KafkaConsumer | undefined;

  /** Offsets never fall behind positions, so the position itself is a safe place to begin where nothing better is known. */
  async function offsetFor(shard: number, after: number): Promise<number> {
    const known = (await client.committed(group, topic)).get(shard);
    const usable = known && known.offset >= 0 && /^\d+$/.test(known.note) && Number(known.note) <= after;
    return usable ? Math.max(known.offset, 0) : after;
  }

  async function work(lane: Lane): Promise<void> {
    const { shard, over } = lane;
    for (let failures = 0; !over.signal.aborted;) {
      try {
        const after = await position(shard);
        const offset = await offsetFor(shard, after);
        if (over.signal.aborted) return;
        lane.records = [];
        consumer?.seek(shard, offset);
        lane.placed = true;
        unpause(lane);
        while (!over.signal.aborted) {
          const taken = lane.records.splice(0, maxBatch);
          const last = taken.at(-1);
          if (lane.paused && lane.records.length <= maxBatch) unpause(lane);
          if (!last) {
            await new Promise<void>((resolve) => (lane.wake = resolve));
            continue;
          }
          const events = eventsOf(taken);
          const alive = (): boolean => !over.signal.aborted;
          const lastEvent = events.at(-1);
          if (!lastEvent) continue;
          // Fetching goes on beside the handler, and with it the heartbeats: there are none left to send.
          await handle({ source, shard, events, alive, heartbeat: async () => undefined });
          noted.set(shard, { offset: last.offset + 1, position: lastEvent.position });
          failures = 0;
        }
      } catch (error) {
        lane.placed = false;
        lane.records = [];
        consumer?.pause(shard);
        lane.paused = true;
        logger.info({ err: error, group, shard }, 'records are delivered again');
        await pauseUnless(over.signal, backoffMs(failures++, 25, 5_000));
      }
    }
  }

  /** What others wrote to the topic is no event, and leaves no hole. */
  function eventsOf(records: readonly KafkaRecord[]): RecordedEvent[] {
    return records
      .filter((record) => {
        if (isEvent(record)) return true;
        logger.warn(
          { topic, shard: record.partition, offset: record.offset },
          'a record is no event and is passed over',
        );
        return false;
      })
      .map((record) => fromRecord(record, options.wants));
  }

  function unpause(lane: Lane): void {
    lane.paused = false;
    consumer?.resume(lane.shard);
  }

  function drop(): void {
    for (const lane of lanes.values()) {
      lane.over.abort();
      lane.wake();
    }
    lanes.clear();
    noted.clear();
  }

  function begin(shard: number): void {
    const lane: Lane = {
      shard,
      over: new AbortController(),
      records: [],
      placed: false,
      paused: true,
      wake: () => undefined,
    };
    lanes.set(shard, lane);
    const done = work(lane).finally(() => working.delete(done));
    working.add(done);
  }

  async function note(): Promise<void> {
    const places = [...noted];
    noted.clear();
    for (const [shard, { offset, position: at }] of places) await consumer?.commit(shard, offset, String(at));
  }

  async function start(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted;) {
      try {
        await client.ensureTopic(topic, settings.shards ?? 4, logTopicConfig);
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
        partitions.forEach(begin);
      },
      onRevoked: drop,
      onRecords(partition, records) {
        const lane = lanes.get(partition);
        if (!lane?.placed) return;
        lane.records.push(...records);
        lane.wake();
        if (lane.records.length < full || lane.paused) return;
        lane.paused = true;
        consumer?.pause(partition);
      },
    });
  }

  const started = start();
  const noting = setInterval(() => void note(), settings.noteEveryMs ?? 2_000);
  noting.unref();
  return {
    async close(deadlineMs) {
      const deadline = performance.now() + deadlineMs;
      const left = (): number => Math.max(0, deadline - performance.now());
      closing.abort();
      clearInterval(noting);
      await started;
      for (const lane of lanes.values()) consumer?.pause(lane.shard);
      const places = new Map(noted);
      drop();
      const late = new AbortController();
      const timeUp = pause(left(), undefined, { signal: late.signal }).catch(() => undefined);
      await Promise.race([Promise.all(working), timeUp]);
      late.abort();
      for (const [shard, place] of places) noted.set(shard, place);
      await Promise.race([note(), pause(Math.min(left(), 1_000))]);
      await consumer?.close(Math.max(left(), 500));
    },
  };
}
