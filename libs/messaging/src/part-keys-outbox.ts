import type { Pool } from 'pg';
import type { KafkaProducer, OutgoingRecord } from './kafka-port';
import { partitionOfKey, toKeyRecord, type PartKeyRow } from './part-keys-topic';
import { inTransaction } from './transaction';

const atOnce = 1_000;
/** Brokers that are slow may take this long, longer than a transaction may otherwise stand still. */
const sendMostMs = 120_000;

/** Puts a service's own keys on the keys topic, as they are and as they end. */
export interface PartKeysOutbox {
  /** Returns once the brokers have everything that was kept or destroyed before the call. */
  publish(producer: KafkaProducer): Promise<void>;
  /** For a topic that was lost: everything is due again. */
  begin(): Promise<void>;
}

export function partKeysOutbox(options: { pool: Pool; topic: string; partitions: number }): PartKeysOutbox {
  const { pool, topic, partitions } = options;

  /**
   * The rows stay locked while they are on their way: whoever destroys one waits, so that its tombstone never comes
   * before it, and another relay that needs them waits too.
   */
  const publishSome = (producer: KafkaProducer): Promise<number> =>
    inTransaction(pool, async (tx) => {
      await tx.query(`set local idle_in_transaction_session_timeout = '${sendMostMs}ms'`);
      const { rows } = await tx.query<PartKeyRow>(
        `select id, workspace_id as "workspaceId", subject, wrapped from log.part_key
          where unpublished order by id limit ${atOnce} for update`,
      );
      const byPartition = new Map<number, OutgoingRecord[]>();
      for (const row of rows) {
        const partition = partitionOfKey(row.id, partitions);
        byPartition.set(partition, [...(byPartition.get(partition) ?? []), toKeyRecord(row)]);
      }
      for (const [partition, records] of byPartition) await producer.send(topic, partition, records);
      await tx.query('update log.part_key set unpublished = false where id = any($1::text[])', [
        rows.map(({ id }) => id),
      ]);
      return rows.length;
    });

  async function publishAll(producer: KafkaProducer): Promise<void> {
    const { rows } = await pool.query<{ due: boolean }>(
      'select exists (select 1 from log.part_key where unpublished) as due',
    );
    if (!rows[0]?.due) return;
    while ((await publishSome(producer)) === atOnce);
  }

  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (producer: KafkaProducer): Promise<void> => {
    const mine = publishAll(producer).finally(() => running === mine && (running = undefined));
    return (running = mine);
  };

  return {
    /** The relays of all shards ask at once: one of them works, and whoever comes meanwhile shares the next round. */
    publish(producer) {
      if (running === undefined) return begin(producer);
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return begin(producer);
        });
      return next;
    },
    async begin() {
      await pool.query('update log.part_key set unpublished = true where own and wrapped is not null');
    },
  };
}
