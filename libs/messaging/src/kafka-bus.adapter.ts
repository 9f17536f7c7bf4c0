/**
 * The one file that imports kafkajs (2.2.4). It mends what is known to be broken in it and lets none of its types out:
 * a timer of 1 ms that every idle connection re-arms for ever (kafkajs#1751), consumers that stop without a word
 * (kafkajs#1441), topics that must not come into being by use (kafkajs#1563), closes that may hang (kafkajs#1593).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { CompressionTypes, Kafka, logLevel, Partitioners, type Admin, type Consumer as KafkajsConsumer } from 'kafkajs';
import {
  RecordTooLarge,
  type ConsumerEvents,
  type KafkaConsumer,
  type KafkaProducer,
  type KafkaSettings,
} from './kafka-port';
import { silent } from './observer';
import { backoffMs } from './patience';

interface RequestQueue {
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  pending: unknown[];
  checkPendingRequests(): void;
}
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an inner file of kafkajs, reachable only this way
const { prototype: requestQueue } = require('kafkajs/src/network/requestQueue') as { prototype: object };
Object.assign(requestQueue, {
  scheduleCheckPendingRequests(this: RequestQueue): void {
    const throttledMs = this.throttledUntil - Date.now();
    if (this.throttleCheckTimeoutId || (this.pending.length === 0 && throttledMs <= 0)) return;
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      Math.max(throttledMs, 10),
    );
  },
});

export type KafkaClient = ReturnType<typeof kafkaClient>;

const silentForMs = 60_000;
const closeWithinMs = 5_000;
const topicTriesMax = 50;
const topicTryMs = 100;

/** Connects nothing yet; every part connects by itself and connects again where it must. */
export function kafkaClient(settings: KafkaSettings) {
  const logger = settings.logger ?? silent;
  const sessionTimeout = settings.sessionTimeoutMs ?? 10_000;
  const kafka = new Kafka({
    clientId: settings.clientId,
    brokers: typeof settings.brokers === 'string' ? settings.brokers.split(',') : [...settings.brokers],
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 6 },
    logLevel: logLevel.ERROR,
    logCreator:
      () =>
      ({ namespace, log }) =>
        logger.warn({ namespace, groupId: log['groupId'] as unknown, error: log['error'] as unknown }, log.message),
  });

  async function administer<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await within(closeWithinMs, admin.disconnect());
    }
  }

  const reach = (topic: string) => administer((admin) => patiently(() => admin.fetchTopicOffsets(topic)));

  async function producer(): Promise<KafkaProducer> {
    const one = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    });
    await one.connect();
    return {
      async send(topic, partition, records) {
        try {
          const messages = records.map(({ key, value, headers }) => ({
            key,
            value,
            headers: { ...headers },
            partition,
          }));
          await one.send({ topic, messages, acks: -1, compression: CompressionTypes.None });
        } catch (error) {
          if (/TOO_LARGE/.test(typeOf(error)))
            throw new RecordTooLarge('larger than the broker takes', { cause: error });
          throw error;
        }
      },
      close: () => within(closeWithinMs, one.disconnect()),
    };
  }

  function consumer(group: string, topic: string, events: ConsumerEvents): KafkaConsumer {
    let current: KafkajsConsumer | undefined;
    let closed = false;
    let lastSign = performance.now();
    let failures = 0;
    let retry: NodeJS.Timeout | undefined;

    async function open(): Promise<void> {
      const one = kafka.consumer({
        groupId: group,
        sessionTimeout,
        heartbeatInterval: Math.floor(sessionTimeout / 6),
        rebalanceTimeout: Math.max(sessionTimeout * 2, 10_000),
        // Records end the wait at once; the wait only bounds how long a heartbeat stands behind an idle fetch.
        maxWaitTimeInMs: 100,
        maxBytesPerPartition: 1_048_576,
        maxBytes: 8_388_608,
        allowAutoTopicCreation: false,
      });
      current = one;
      const sign = (): void => {
        if (current === one) lastSign = performance.now();
      };
      one.on(one.events.FETCH, sign);
      one.on(one.events.HEARTBEAT, sign);
      one.on(one.events.REBALANCING, () => current === one && events.onRevoked());
      one.on(one.events.GROUP_JOIN, ({ payload }) => {
        sign();
        failures = 0;
        const partitions = payload.memberAssignment[topic] ?? [];
        if (current !== one) return;
        if (partitions.length > 0) one.pause([{ topic, partitions }]);
        events.onAssigned(partitions);
      });
      one.on(one.events.CRASH, ({ payload }) => {
        if (!payload.restart) reopen(one, payload.error);
        else if (current === one) events.onRevoked();
      });
      await one.connect();
      await one.subscribe({ topic, fromBeginning: true });
      await one.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: 16,
        eachBatch: async ({ batch, resolveOffset, heartbeat, isStale, isRunning }) => {
          if (current !== one || !isRunning() || isStale()) return;
          const records = batch.messages.map((message) => ({
            partition: batch.partition,
            offset: Number(message.offset),
            key: message.key?.toString(),
            value: message.value ?? Buffer.alloc(0),
            headers: textHeaders(message.headers),
          }));
          events.onRecords(batch.partition, records);
          resolveOffset(batch.lastOffset());
          await heartbeat();
        },
      });
    }

    function reopen(one: KafkajsConsumer | undefined, why: unknown): void {
      if (closed || current !== one) return;
      logger.warn({ err: why, group }, 'a consumer stopped and is started anew');
      current = undefined;
      lastSign = performance.now();
      events.onRevoked();
      if (one) void within(closeWithinMs, one.disconnect());
      retry = setTimeout(start, backoffMs(failures++, 100, 5_000));
    }

    function start(): void {
      if (closed) return;
      open().catch((error: unknown) => reopen(current, error));
    }

    const watchdog = setInterval(() => {
      if (performance.now() - lastSign > silentForMs)
        reopen(current, new Error(`no sign of life for ${silentForMs} ms`));
    }, silentForMs / 6);
    watchdog.unref();
    start();

    /** Between two joins there is nobody to tell; the next assignment begins from scratch. */
    const whileRunning = (act: (consumer: KafkajsConsumer) => void): void => {
      try {
        if (current) act(current);
      } catch (error) {
        logger.info({ err: error, group }, 'a consumer was not running');
      }
    };
    return {
      seek: (partition, offset) => whileRunning((one) => one.seek({ topic, partition, offset: String(offset) })),
      pause: (partition) => whileRunning((one) => one.pause([{ topic, partitions: [partition] }])),
      resume: (partition) => whileRunning((one) => one.resume([{ topic, partitions: [partition] }])),
      async commit(partition, offset, note) {
        await current
          ?.commitOffsets([{ topic, partition, offset: String(offset), metadata: note }])
          .catch((error: unknown) => logger.info({ err: error, group }, 'an offset was not noted'));
      },
      async close(deadlineMs) {
        closed = true;
        clearInterval(watchdog);
        clearTimeout(retry);
        const one = current;
        current = undefined;
        if (one) await within(deadlineMs, one.disconnect());
      },
    };
  }

  return {
    producer,
    consumer,
    /** Makes the topic unless it is there; throws where it is there with another number of partitions. */
    ensureTopic: (topic: string, partitions: number, config: Readonly<Record<string, string>>): Promise<void> =>
      administer(async (admin) => {
        if (!(await admin.listTopics()).includes(topic)) {
          const { brokers } = await admin.describeCluster();
          const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
          const replicationFactor = Math.min(3, brokers.length);
          await admin.createTopics({
            topics: [{ topic, numPartitions: partitions, replicationFactor, configEntries }],
            // kafkajs gives up where a broker does not know the topic yet; what follows waits for that too.
            waitForLeaders: false,
          });
        }
        const found = await patiently(async () => {
          const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
          const known = topics[0]?.partitions ?? [];
          if (known.some(({ leader }) => leader < 0)) throw new Error(`Topic ${topic} has no leader yet`);
          return known.length;
        });
        if (found !== partitions) {
          throw new Error(
            `Topic ${topic} has ${found} partitions and the installation ${partitions} shards; they must be alike.`,
          );
        }
      }),
    /** How far the group noted itself to be, by partition. */
    committed: (group: string, topic: string): Promise<Map<number, { offset: number; note: string }>> =>
      administer(async (admin) => {
        const [found] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
        return new Map(
          found?.partitions.map(({ partition, offset, metadata }) => [
            partition,
            { offset: Number(offset), note: metadata ?? '' },
          ]),
        );
      }),
    /** The offset after the last record of each partition. */
    ends: async (topic: string): Promise<Map<number, number>> =>
      new Map((await reach(topic)).map(({ partition, high }) => [partition, Number(high)])),
    /** The offset of the first record of each partition that is still there. */
    starts: async (topic: string): Promise<Map<number, number>> =>
      new Map((await reach(topic)).map(({ partition, low }) => [partition, Number(low)])),
    /** Deletes what stands before the offset. */
    deleteBefore: (topic: string, partition: number, offset: number): Promise<void> =>
      administer(async (admin) => {
        // An admin deletes only from topics that it has asked about before.
        await admin.fetchTopicOffsets(topic);
        await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
      }),
  };
}

function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = 'type' in error ? String(error.type) : '';
  return `${own} ${typeOf(error.cause)}`;
}

function textHeaders(
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined> = {},
): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) texts[name] = first.toString();
  }
  return texts;
}

/** A topic that was just made takes its time to be known everywhere. */
async function patiently<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries >= topicTriesMax) throw error;
      await pause(topicTryMs);
    }
  }
}

/** kafkajs may hang as it closes; nobody waits longer than this. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
