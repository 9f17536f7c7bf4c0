import type { RecordedEvent } from '@postrider/event-contracts';
import type { Bus } from './bus';
import { topicOf } from './event-record';
import { kafkaClient } from './kafkajs/client.adapter';
import { kafkaFeed, type Feed } from './kafka-feed';
import type { KafkaSettings } from './kafka-port';
import { silent } from './observer';

export interface KafkaBusSettings extends KafkaSettings {
  /** The installation's number of shards, which is every topic's number of partitions; 4. */
  readonly shards?: number;
  /** What topics and groups begin with, where one cluster serves several installations; `postrider`. */
  readonly installation?: string;
  /** How often the readers' places are noted with the broker; 2 s. */
  readonly noteEveryMs?: number;
  /** Opens personal parts with the copies of their keys (`kafkaPartKeys`); without it they stay sealed. */
  readonly open?: (events: readonly RecordedEvent[]) => Promise<RecordedEvent[]>;
}

/** Kept for ever, and with room for the largest event: a webhook body of 4 MB, quoted. */
export const logTopicConfig = { 'retention.ms': '-1', 'cleanup.policy': 'delete', 'max.message.bytes': '8388608' };

/**
 * The bus of services that run apart: consumers of what every owner's relay produced. All readers of a service (what
 * stands before the colon of their names) share one consumer group for each source, so its processes must run the same
 * readers.
 */
export function kafkaBus(settings: KafkaBusSettings): Bus {
  const client = kafkaClient(settings);
  const { installation = 'postrider', shards = 4, noteEveryMs = 2_000, logger = silent } = settings;
  const { open = async (events) => [...events] } = settings;
  const feeds = new Map<string, { feed: Feed; users: number }>();
  return {
    async subscribe({ group, source, alone, ...subscriber }) {
      const topic = topicOf(source, installation);
      const name = `${installation}.${alone ? group : group.split(':')[0]}.${source}`;
      const options = {
        ...{ client, logger, source, topic, shards, noteEveryMs },
        group: name,
        topicConfig: logTopicConfig,
      };
      const used = feeds.get(name) ?? { feed: kafkaFeed(options), users: 0 };
      feeds.set(name, used);
      used.users++;
      const subscription = used.feed.subscribe(subscriber);
      return {
        async close(deadlineMs) {
          const deadline = performance.now() + deadlineMs;
          await subscription.close(deadlineMs);
          if (--used.users > 0) return;
          feeds.delete(name);
          await used.feed.close(Math.max(0, deadline - performance.now()));
        },
      };
    },
    open: (_, events) => open(events),
    async close() {
      await Promise.all([...feeds.values()].map(({ feed }) => feed.close(5_000)));
      feeds.clear();
    },
  };
}
