import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { closeWithinMs, within } from './within';

const topicTriesMax = 50;
const topicTryMs = 100;

/** Topics, and how far they and their groups are; each question connects by itself. */
export function kafkajsTopics(kafka: Kafka) {
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

  return {
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

/** A topic that was just made takes its time to be known everywhere. */
async function patiently<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries >= topicTriesMax || (error as { retriable?: boolean }).retriable === false) throw error;
      await pause(topicTryMs);
    }
  }
}
