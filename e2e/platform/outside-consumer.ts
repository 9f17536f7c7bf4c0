import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';

/** A record as any Kafka client sees it. */
export interface OutsideRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: unknown;
}

/** Somebody else's producer: one record, as a program without any library of ours writes it. */
export async function produceOutside(
  brokers: readonly string[],
  topic: string,
  record: { readonly key: string; readonly headers: Record<string, string>; readonly value: unknown },
): Promise<void> {
  const producer = new Kafka({ brokers: [...brokers], clientId: 'outside', logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ ...record, value: JSON.stringify(record.value) }] });
  await producer.disconnect();
}

/** How many records a topic still holds. */
export async function recordsLeft(brokers: readonly string[], topic: string): Promise<number> {
  const admin = new Kafka({ brokers: [...brokers], clientId: 'outside', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
}

/** Somebody else's consumer: plain kafkajs, from the beginning, in a group of its own. */
export async function consumeFromBeginning(
  brokers: readonly string[],
  topics: readonly string[],
): Promise<{ records: OutsideRecord[]; close(): Promise<void> }> {
  const kafka = new Kafka({ brokers: [...brokers], clientId: 'outside', logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `outside-${randomUUID()}` });
  const records: OutsideRecord[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ topic, partition, message }) => {
      const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
      const value: unknown = JSON.parse(message.value?.toString() ?? 'null');
      records.push({
        topic,
        partition,
        offset: message.offset,
        key: String(message.key),
        headers: Object.fromEntries(headers),
        value,
      });
      return Promise.resolve();
    },
  });
  return { records, close: () => consumer.disconnect() };
}
