import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';
import { checkpoints, type EventLog, type Lease, type Leases } from '@postrider/event-store';
import type { Pool } from 'pg';
import { randomUUID } from 'node:crypto';
import { toRecord, topicOf } from './event-record';
import { logTopicConfig, type KafkaBusSettings } from './kafka-bus';
import { kafkaClient } from './kafkajs/client.adapter';
import { RecordTooLarge, type KafkaProducer, type OutgoingRecord } from './kafka-port';
import { silent, type Alarms } from './observer';
import { partKeysOutbox } from './part-keys-outbox';
import { partKeysTopicConfig, partKeysTopicOf } from './part-keys-topic';
import { backoffMs, pauseUnless } from './patience';

export interface KafkaRelayOptions extends KafkaBusSettings {
  readonly log: EventLog;
  /** Of the log's database, where the relay's checkpoint lies: reader `<service>:relay`. */
  readonly pool: Pool;
  readonly leases: Leases;
  readonly alarms?: Alarms;
  /** How long a shard stays with a relay that says nothing; 10 s. */
  readonly leaseMs?: number;
}

const readAtOnce = 500;
/** The broker's limit is on batches, so a batch stays well below any usual one unless a single record is larger. */
const batchBytes = 500_000;
const pollMs = 250;

/**
 * Publishes a service's whole log, one to one and sealed, partition = shard: the log is the outbox. One process at a time has a
 * shard, by a lease; the checkpoint moves after the brokers have it, so a crash repeats records and never loses any.
 */
export function kafkaRelay(options: KafkaRelayOptions): { name: string; run(signal: AbortSignal): Promise<void> } {
  const { log, pool, leases, leaseMs = 10_000 } = options;
  const service = log.service as ServiceName;
  const reader = `${service}:relay`;
  const topic = topicOf(service, options.installation);
  const logger = options.logger ?? silent;
  const alarms = options.alarms ?? { raise: () => undefined, clear: () => undefined };
  const client = kafkaClient(options);
  const keysTopic = partKeysTopicOf(options.installation);
  const partKeys = partKeysOutbox({ pool, topic: keysTopic, partitions: log.shards });
  const owner = randomUUID();

  async function relayedTo(shard: number): Promise<number> {
    const places = await checkpoints.read(pool, [reader]);
    return places.find((place) => place.shard === shard && place.source === service)?.position ?? 0;
  }

  /** A topic that was lost and made anew holds fewer records than were relayed; then all are relayed again. */
  async function startFrom(shard: number): Promise<number> {
    const relayed = await relayedTo(shard);
    const key = `relay-topic-lost:${service}:${shard}`;
    if (((await client.ends(topic)).get(shard) ?? 0) >= relayed) {
      alarms.clear(key);
      return relayed;
    }
    const text = `Partition ${shard} of ${topic} holds fewer records than were published to it; the log is published again from its start.`;
    alarms.raise({ key, kind: 'relay', severity: 'critical', text, subject: { topic, shard: String(shard) } });
    await checkpoints.advance(pool, { reader, source: service, shard, position: 0 }, relayed);
    return 0;
  }

  async function send(producer: KafkaProducer, shard: number, events: readonly RecordedEvent[]): Promise<void> {
    const key = `relay-record-too-large:${service}:${shard}`;
    let batch: OutgoingRecord[] = [];
    let bytes = 0;
    const out = async (): Promise<void> => {
      if (batch.length > 0) await producer.send(topic, shard, batch);
      batch = [];
      bytes = 0;
    };
    for (const event of events) {
      const record = toRecord(event);
      const size = Buffer.byteLength(record.value ?? '') + 1_000;
      if (bytes + size > batchBytes) await out();
      batch.push(record);
      bytes += size;
      if (size <= batchBytes) continue;
      try {
        await out();
        alarms.clear(key);
      } catch (error) {
        if (!(error instanceof RecordTooLarge)) throw error;
        const text = `The brokers refuse event ${event.id} (${size} bytes), and ${topic}/${shard} waits behind it: raise max.message.bytes of ${topic}.`;
        alarms.raise({ key, kind: 'relay', severity: 'critical', text, subject: { topic, shard: String(shard) } });
        throw error;
      }
    }
    await out();
  }

  /** Publishes one shard while its lease is held. */
  async function publish(shard: number, held: () => boolean, signal: AbortSignal): Promise<void> {
    const producer = await client.producer();
    let grew = (): void => undefined;
    const stopListening = log.onAppended((which) => which === shard && grew());
    try {
      let position = await startFrom(shard);
      while (held() && !signal.aborted) {
        const growth = new Promise<void>((resolve) => (grew = resolve));
        const events = await log.readSealed(shard, position, readAtOnce);
        const last = events.at(-1);
        // Keys before the first event that needs them; where nothing happens, one shard looks after those that end.
        if (last || shard === 0) await partKeys.publish(producer);
        if (!last) {
          const waited = new AbortController();
          await Promise.race([growth, pauseUnless(AbortSignal.any([signal, waited.signal]), pollMs)]);
          waited.abort();
          continue;
        }
        await send(producer, shard, events);
        const place = { reader, source: service, shard, position: last.position };
        position = (await checkpoints.advance(pool, place, position)) ? last.position : await relayedTo(shard);
      }
    } finally {
      stopListening();
      await producer.close();
    }
  }

  async function runShard(shard: number, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      let lease: Lease | undefined;
      let renewing: NodeJS.Timeout | undefined;
      try {
        let heldUntil = performance.now() + leaseMs;
        lease = await leases.acquire(`${reader}:${shard}`, owner, leaseMs);
        if (!lease) {
          await pauseUnless(signal, leaseMs / 3);
          continue;
        }
        const mine = lease;
        renewing = setInterval(() => {
          const asked = performance.now();
          leases.renew(mine).then(
            (renewed) => (heldUntil = renewed ? asked + leaseMs : 0),
            (error: unknown) => logger.warn({ err: error, shard }, "a relay's lease was not renewed"),
          );
        }, leaseMs / 3);
        await publish(shard, () => performance.now() < heldUntil, signal);
        failures = 0;
      } catch (error) {
        logger.warn({ err: error, topic, shard }, 'records were not published and are tried again');
        await pauseUnless(signal, backoffMs(failures++, 100, 10_000));
      } finally {
        clearInterval(renewing);
        if (lease) await leases.release(lease).catch(() => undefined);
      }
    }
  }

  return {
    name: reader,
    async run(signal) {
      await client.ensureTopic(topic, log.shards, logTopicConfig);
      await client.ensureTopic(keysTopic, log.shards, partKeysTopicConfig);
      if ([...(await client.ends(keysTopic)).values()].every((end) => end === 0)) await partKeys.begin();
      await Promise.all(Array.from({ length: log.shards }, (_, shard) => runShard(shard, signal)));
    },
  };
}
