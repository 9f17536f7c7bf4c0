/**
 * The files of this folder alone import kafkajs (2.2.4). They mend what is known to be broken in it and let none of its types
 * out: a timer of 1 ms that every idle connection re-arms for ever (kafkajs#1751), consumers that stop without a word
 * (kafkajs#1441), topics that must not come into being by use (kafkajs#1563), closes that may hang (kafkajs#1593).
 */
import { Kafka, logLevel } from 'kafkajs';
import type { KafkaSettings } from '../kafka-port';
import { silent } from '../observer';
import { kafkajsConsumer } from './consumer.adapter';
import { kafkajsProducer } from './producer.adapter';
import { kafkajsTopics } from './topics.adapter';

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

/** Connects nothing yet; every part connects by itself and connects again where it must. */
export function kafkaClient(settings: KafkaSettings) {
  const logger = settings.logger ?? silent;
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

  return {
    producer: () => kafkajsProducer(kafka),
    consumer: kafkajsConsumer(kafka, { logger, sessionTimeoutMs: settings.sessionTimeoutMs ?? 10_000 }),
    ...kafkajsTopics(kafka),
  };
}
