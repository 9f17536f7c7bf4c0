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
