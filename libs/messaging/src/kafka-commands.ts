import { setTimeout as pause } from 'node:timers/promises';
import {
  commandOf,
  commandsTopicOf,
  headersOf,
  type Command,
  type CommandHandler,
  type CommandsPort,
} from './commands-port';
import type { KafkaBusSettings } from './kafka-bus';
import { kafkaClient } from './kafkajs/client.adapter';
import { groupedSends } from './grouped-sends';
import type { KafkaConsumer, KafkaProducer, KafkaRecord, OutgoingRecord } from './kafka-port';
import { silent, type Alarms } from './observer';
import { backoffMs, pauseUnless } from './patience';
import { isTransient } from './transient';

export interface KafkaCommandsOptions extends KafkaBusSettings {
  readonly alarms?: Alarms;
  /** How many commands of a partition are handled at once; 64. */
  readonly atOnce?: number;
  /** How often consumed records, which hold phone numbers, are deleted; 30 s. */
  readonly deleteEveryMs?: number;
  /** How often a command may fail before it is handed over as malformed; 5. */
  readonly attemptsMax?: number;
}

/** The one topic that holds phone numbers: what nobody consumed in a week is of no use any more. */
const topicConfig = { 'retention.ms': String(7 * 86_400_000), 'cleanup.policy': 'delete' };

/** Commands on Kafka. What was handled is committed, then deleted; until then a crash brings it again. */
export function kafkaCommands(options: KafkaCommandsOptions): CommandsPort {
  const client = kafkaClient(options);
  const logger = options.logger ?? silent;
  const partitions = options.shards ?? 4;
  const topic = commandsTopicOf(options.installation);
  let producing: Promise<KafkaProducer> | undefined;
  let ready: Promise<void> | undefined;
  const topicReady = (): Promise<void> => {
    ready ??= client.ensureTopic(topic, partitions, topicConfig);
    ready.catch(() => (ready = undefined));
    return ready;
  };

  const sendNow = async (partition: number, records: readonly OutgoingRecord[]): Promise<void> => {
    producing ??= client.producer();
    const mine = producing;
    try {
      await (await mine).send(topic, partition, records);
    } catch (error) {
      // After a failure the producer's sequence is unsure; the next command takes a new one.
      if (producing === mine) producing = undefined;
      await mine.then((producer) => producer.close()).catch(() => undefined);
      throw error;
    }
  };
  // A producer that numbers its requests has one under way at a time: a campaign's commands share them.
  const send = groupedSends(sendNow);

  return {
    async consume(handle) {
      await topicReady();
      return consume(client, options, handle);
    },
    async publish(command) {
      await topicReady();
      const { key } = command;
      await send(partitionOf(key, partitions), {
        key,
        value: JSON.stringify(command.value),
        headers: headersOf(command),
      });
    },
    async close() {
      const producer = await producing?.catch((error: unknown) => logger.info({ err: error }, 'no producer to close'));
      await producer?.close();
    },
  };
}

function partitionOf(key: string, partitions: number): number {
  let hash = 2166136261;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return hash % partitions;
}

interface Lane {
  readonly partition: number;
  readonly over: AbortController;
  records: KafkaRecord[];
  paused: boolean;
  wake(): void;
}

function consume(client: ReturnType<typeof kafkaClient>, options: KafkaCommandsOptions, handle: CommandHandler) {
  const logger = options.logger ?? silent;
  const atOnce = options.atOnce ?? 64;
  const topic = commandsTopicOf(options.installation);
  const lanes = new Map<number, Lane>();
  const working = new Set<Promise<void>>();
  const done = new Map<number, number>();

  /** Handles one; what passes is waited for, and what keeps failing is handed over as malformed, to be rejected. */
  async function settle(record: KafkaRecord, over: AbortSignal): Promise<void> {
    const raw = record.value.toString();
    const { partition, headers } = record;
    let command: Command = commandOf({ raw, topic, partition, offset: String(record.offset), headers });
    for (let attempt = 1; ; attempt++) {
      if (over.aborted) throw new Error('the partition is no longer ours');
      try {
        return await handle(command);
      } catch (error) {
        logger.warn({ err: error, partition, offset: record.offset, attempt }, 'a command was not handled');
        if (!isTransient(error) && attempt >= (options.attemptsMax ?? 5)) {
          command = { ...command, malformed: command.malformed ?? `it could not be handled: ${String(error)}` };
        }
        await pauseUnless(over, backoffMs(attempt, 50, 10_000));
      }
    }
  }

  /** At once what has different keys, in order what has the same. */
  async function settleAll(records: readonly KafkaRecord[], over: AbortSignal): Promise<void> {
    const chains = new Map<string, Promise<void>>();
    for (const record of records) {
      const key = record.key ?? `offset ${record.offset}`;
      const next = (chains.get(key) ?? Promise.resolve()).then(() => settle(record, over));
      chains.set(key, next);
    }
    const outcomes = await Promise.allSettled(chains.values());
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async function work(lane: Lane): Promise<void> {
    const { partition, over } = lane;
    while (!over.signal.aborted) {
      const taken = lane.records.splice(0, atOnce);
      const last = taken.at(-1);
      if (lane.paused && lane.records.length < atOnce) {
        lane.paused = false;
        consumer.resume(partition);
      }
      if (!last) {
        await new Promise<void>((resolve) => (lane.wake = resolve));
        continue;
      }
      await settleAll(taken, over.signal);
      done.set(partition, last.offset + 1);
      await consumer.commit(partition, last.offset + 1, '');
    }
  }

  function drop(): void {
    for (const lane of lanes.values()) {
      lane.over.abort();
      lane.wake();
    }
    lanes.clear();
  }

  const consumer: KafkaConsumer = client.consumer(topic, topic, {
    onAssigned(partitions) {
      drop();
      for (const partition of partitions) {
        const lane: Lane = { partition, over: new AbortController(), records: [], paused: true, wake: () => undefined };
        lanes.set(partition, lane);
        const job = work(lane)
          .catch((error: unknown) =>
            logger.info({ err: error, partition }, 'commands are left to whoever has them now'),
          )
          .finally(() => working.delete(job));
        working.add(job);
      }
    },
    onRevoked: drop,
    onRecords(partition, records) {
      const lane = lanes.get(partition);
      if (!lane) return;
      lane.records.push(...records);
      lane.wake();
      if (lane.records.length < atOnce * 4 || lane.paused) return;
      lane.paused = true;
      consumer.pause(partition);
    },
  });

  async function deleteConsumed(): Promise<void> {
    for (const [partition, offset] of [...done]) {
      try {
        await client.deleteBefore(topic, partition, offset);
        if (done.get(partition) === offset) done.delete(partition);
      } catch (error) {
        logger.warn({ err: error, partition }, 'consumed commands were not deleted; the next round tries again');
      }
    }
  }

  const deleting = setInterval(() => void deleteConsumed(), options.deleteEveryMs ?? 30_000);
  deleting.unref();
  return {
    async close(deadlineMs: number): Promise<void> {
      clearInterval(deleting);
      drop();
      const late = new AbortController();
      await Promise.race([
        Promise.all(working),
        pause(deadlineMs, undefined, { signal: late.signal }).catch(() => undefined),
      ]);
      late.abort();
      await consumer.close(Math.max(deadlineMs, 500));
      await deleteConsumed();
    },
  };
}
