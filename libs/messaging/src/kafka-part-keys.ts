import type { ServiceName } from '@postrider/event-contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { KafkaBusSettings } from './kafka-bus';
import { kafkaClient } from './kafkajs/client.adapter';
import type { KafkaConsumer, KafkaRecord } from './kafka-port';
import { silent } from './observer';
import { fromKeyRecord, keepCopies, partKeysTopicConfig, partKeysTopicOf } from './part-keys-topic';
import { backoffMs, pauseUnless } from './patience';
import { inTransaction } from './transaction';
import { Transient } from './reader';

export interface KafkaPartKeysOptions extends KafkaBusSettings {
  readonly service: ServiceName;
  /** Of the service's own database: the copies lie in `log.part_key`. */
  readonly pool: Pool;
}

/** What a service knows of other services' keys. */
export interface PartKeyCopies {
  readonly name: string;
  /** Keeps the copies up to date until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
  /**
   * Returns once the keys are here, or everything is that had been published before the call: what is still missing then
   * was destroyed long ago. Throws `Transient` where that takes too long.
   */
  came(ids: readonly string[]): Promise<void>;
}

const soonMs = 500;
const patienceMs = 20_000;
const lookEveryMs = 25;
const goneMost = 100_000;

export function kafkaPartKeys(options: KafkaPartKeysOptions): PartKeyCopies {
  const { pool, service, installation, shards: partitions = 4, logger = silent } = options;
  const client = kafkaClient(options);
  const topic = partKeysTopicOf(installation);
  const reader = `${service}:part-keys`;
  const gone = new Set<string>();

  async function placeOf(partition: number): Promise<number> {
    const { rows } = await pool.query<{ pos: string }>(
      `select pos from log.checkpoint where reader = $1 and source = 'keys' and shard = $2`,
      [reader, partition],
    );
    return Number(rows[0]?.pos ?? 0);
  }

  /** A topic that was made anew begins before the place; then all of it is read. */
  async function startOf(partition: number): Promise<number> {
    const [place, ends, starts] = await Promise.all([placeOf(partition), client.ends(topic), client.starts(topic)]);
    return place > (ends.get(partition) ?? 0) ? 0 : Math.max(place, starts.get(partition) ?? 0);
  }

  const apply = (partition: number, records: readonly KafkaRecord[]): Promise<void> =>
    inTransaction(pool, async (tx) => {
      const rows = records.map(fromKeyRecord).filter((row) => row !== undefined);
      if (rows.length > 0) await keepCopies(tx, rows);
      await tx.query(
        `insert into log.checkpoint (reader, source, shard, pos) values ($1, 'keys', $2, $3)
         on conflict (reader, source, shard) do update set pos = excluded.pos`,
        [reader, partition, (records.at(-1)?.offset ?? -1) + 1],
      );
    });

  async function missing(ids: readonly string[]): Promise<string[]> {
    const { rows } = await pool.query<{ id: string }>('select id from log.part_key where id = any($1::text[])', [ids]);
    const here = new Set(rows.map(({ id }) => id));
    return ids.filter((id) => !here.has(id) && !gone.has(id));
  }

  async function behind(ends: ReadonlyMap<number, number>): Promise<boolean> {
    for (const [partition, end] of ends) if ((await placeOf(partition)) < end) return true;
    return false;
  }

  return {
    name: reader,
    async came(ids) {
      const soon = performance.now() + soonMs;
      let left = await missing(ids);
      while (left.length > 0 && performance.now() < soon) {
        await pause(lookEveryMs);
        left = await missing(left);
      }
      if (left.length === 0) return;
      const ends = await client.ends(topic);
      const late = performance.now() + patienceMs;
      while (await behind(ends)) {
        if (performance.now() > late) throw new Transient(`the keys that ${service} needs have not come yet`);
        await pause(lookEveryMs);
      }
      if (gone.size > goneMost) gone.clear();
      for (const id of await missing(left)) gone.add(id);
    },
    async run(signal) {
      await client.ensureTopic(topic, partitions, partKeysTopicConfig);
      let assigned = new AbortController();
      const working = new Set<Promise<void>>();
      const consumer: KafkaConsumer = client.consumer(`${installation ?? 'postrider'}.${service}.keys`, topic, {
        onAssigned(owned) {
          assigned.abort();
          assigned = new AbortController();
          for (const partition of owned) begin(partition, assigned.signal);
        },
        onRevoked: () => assigned.abort(),
        onRecords(partition, records) {
          consumer.pause(partition);
          const over = assigned.signal;
          work(
            () => apply(partition, records),
            over,
            () => consumer.resume(partition),
          );
        },
      });
      const begin = (partition: number, over: AbortSignal): void =>
        work(
          async () => consumer.seek(partition, await startOf(partition)),
          over,
          () => consumer.resume(partition),
        );
      function work(step: () => Promise<void>, over: AbortSignal, done: () => void): void {
        const job = until(step, over, done).finally(() => working.delete(job));
        working.add(job);
      }
      /** What fails is tried again for as long as the partition is ours. */
      async function until(step: () => Promise<void>, over: AbortSignal, done: () => void): Promise<void> {
        for (let failures = 0; !over.aborted && !signal.aborted; failures++) {
          try {
            await step();
            if (!over.aborted) done();
            return;
          } catch (error) {
            logger.warn({ err: error, topic }, 'keys of personal parts were not kept and are tried again');
            await pauseUnless(over, backoffMs(failures, 50, 5_000));
          }
        }
      }
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      assigned.abort();
      await Promise.all(working);
      await consumer.close(2_000);
    },
  };
}
