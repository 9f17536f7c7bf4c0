import { CompressionTypes, Partitioners, type Kafka } from 'kafkajs';
import { RecordTooLarge, type KafkaProducer } from '../kafka-port';
import { closeWithinMs, within } from './within';

export async function kafkajsProducer(kafka: Kafka): Promise<KafkaProducer> {
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
        if (/TOO_LARGE/.test(typeOf(error))) throw new RecordTooLarge('larger than the broker takes', { cause: error });
        throw error;
      }
    },
    close: () => within(closeWithinMs, one.disconnect()),
  };
}

function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = 'type' in error ? String(error.type) : '';
  return `${own} ${typeOf(error.cause)}`;
}
