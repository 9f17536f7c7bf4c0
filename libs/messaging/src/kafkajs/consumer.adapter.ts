import type { Consumer as KafkajsConsumer, Kafka } from 'kafkajs';
import type { ConsumerEvents, KafkaConsumer } from '../kafka-port';
import type { Log } from '../observer';
import { backoffMs } from '../patience';
import { closeWithinMs, within } from './within';

const silentForMs = 60_000;

/** Consumers that are started anew whenever they stop, with or without a word. */
export function kafkajsConsumer(
  kafka: Kafka,
  { logger, sessionTimeoutMs: sessionTimeout }: { readonly logger: Log; readonly sessionTimeoutMs: number },
) {
  return (group: string, topic: string, events: ConsumerEvents): KafkaConsumer => {
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
  };
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
