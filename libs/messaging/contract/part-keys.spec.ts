import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';
import { eventStoreMigrations, personalParts, postgresPartKeys, type PersonalParts } from '@postrider/event-store';
import { keyring } from '@postrider/keys';
import { describeWithKafka, eventually, testKafka, testPostgres } from '@postrider/test-backends';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { kafkaBus, kafkaPartKeys, messagingMigrations, runReaders } from '../src';
import { kafkaClient } from '../src/kafkajs/client.adapter';
import type { KafkaRecord } from '../src/kafka-port';
import { openWorld, reaction, relayed, say, upTo, wordsOf, workspaceId, type World } from './world';

const inTime = { withinMs: 60_000 };

interface Elsewhere {
  readonly pool: Pool;
  readonly parts: PersonalParts;
  readonly events: RecordedEvent[];
  close(): Promise<void>;
}

/** Another service: a database of its own, copies of the keys, and a reader. */
async function elsewhere(
  service: ServiceName,
  world: World,
  settings: Parameters<typeof kafkaBus>[0],
): Promise<Elsewhere> {
  const url = await (await testPostgres()).newDatabase('elsewhere');
  const migrations = [...eventStoreMigrations, ...messagingMigrations];
  const database = await new DataSource({ type: 'postgres', url, migrations }).initialize();
  await database.runMigrations();
  await database.destroy();
  const pool = new Pool({ connectionString: url, max: 10 });
  const copies = kafkaPartKeys({ ...settings, service, pool });
  const store = postgresPartKeys(pool);
  const keys = keyring(Buffer.alloc(32, 7));
  const parts = personalParts({ service, store, keys, keysCame: (ids) => copies.came(ids) });
  const end = new AbortController();
  const copying = copies.run(end.signal);
  const bus = kafkaBus({ ...settings, open: (events) => parts.open(events) });
  const events: RecordedEvent[] = [];
  const running = await runReaders({
    ...{ readers: [reaction(`${service}:seen`, async (some) => void events.push(...some))], bus, pool },
    clock: { now: () => new Date(), monotonicMs: () => performance.now() },
    headOf: () => world.log.heads(),
  });
  return {
    ...{ pool, parts, events },
    async close() {
      await running.close(2_000);
      await bus.close();
      end.abort();
      await copying;
      await pool.end();
    },
  };
}

describeWithKafka('the keys of personal parts on Kafka', () => {
  let world: World;
  let others: Elsewhere[];
  let stopRelay: () => Promise<void>;
  let settings: { brokers: readonly string[]; clientId: string; installation: string; shards: number };

  beforeEach(async () => {
    const { brokers } = await testKafka();
    settings = { brokers, clientId: 'keys', installation: `test-${randomUUID()}`, shards: 2 };
    others = [];
    world = await openWorld(async (log, pool) => {
      stopRelay = relayed(log, pool, settings);
      return { bus: () => kafkaBus(settings), close: () => stopRelay() };
    });
  });
  afterEach(async () => {
    for (const other of others) await other.close();
    await world.close();
  });

  async function open(service: ServiceName = 'projections'): Promise<Elsewhere> {
    const other = await elsewhere(service, world, settings);
    others.push(other);
    return other;
  }

  /** Every record of the topics, as text. */
  async function onTheTopics(): Promise<string> {
    const client = kafkaClient(settings);
    const records: KafkaRecord[] = [];
    for (const topic of [`${settings.installation}.webhooks`, `${settings.installation}.keys`]) {
      const ends = [...(await client.ends(topic)).values()].reduce((sum, end) => sum + end, 0);
      const found: KafkaRecord[] = [];
      const consumer = client.consumer(randomUUID(), topic, {
        onAssigned: (partitions) => partitions.forEach((partition) => consumer.resume(partition)),
        onRevoked: () => undefined,
        onRecords: (_, some) => void found.push(...some),
      });
      await eventually(() => expect(found.length).toBeGreaterThanOrEqual(ends), inTime);
      await consumer.close(2_000);
      records.push(...found);
    }
    return records
      .map(({ key, value, headers }) => `${key} ${value.toString('latin1')} ${JSON.stringify(headers)}`)
      .join('\n');
  }

  it('come before the events that need them, so that another service reads every part', async () => {
    const other = await open();
    const people = upTo(30).map((n) => `person-${n}`);
    await Promise.all(people.map((key) => say(world.log, key, [1, 2])));
    await eventually(() => expect(other.events).toHaveLength(60), inTime);
    for (const { orderingKey, personal } of other.events) expect(personal).toEqual({ words: wordsOf(orderingKey) });
    expect(await onTheTopics()).not.toContain('the words');
  });

  it('end everywhere once destroyed: for who holds a copy, and for who comes later', async () => {
    const before = await open();
    await say(world.log, 'erased', [1]);
    await say(world.log, 'kept', [1]);
    await eventually(
      () => expect(before.events.map(({ personal }) => personal)).toContainEqual({ words: wordsOf('erased') }),
      inTime,
    );
    const [first] = before.events.filter(({ orderingKey }) => orderingKey === 'erased');
    expect(first?.erased).toBeUndefined();

    await world.parts.destroy(workspaceId, ['erased']);
    await eventually(async () => {
      const { rows } = await before.pool.query('select 1 from log.part_key where wrapped is null');
      expect(rows).toHaveLength(1);
    }, inTime);
    const late = await open('journeys');
    await eventually(() => expect(late.events).toHaveLength(2), inTime);
    const told = new Map(late.events.map((event) => [event.orderingKey, event.personal ?? event.erased]));
    expect(told).toEqual(
      new Map<string, unknown>([
        ['erased', true],
        ['kept', { words: wordsOf('kept') }],
      ]),
    );
  });

  it('are published once more where the topic was made anew', async () => {
    await say(world.log, 'early', [1]);
    const { pool } = world;
    const published = () => pool.query('select 1 from log.part_key where not unpublished');
    await eventually(async () => expect((await published()).rows).toHaveLength(1), inTime);
    await stopRelay();
    settings = { ...settings, installation: `test-${randomUUID()}` };
    await pool.query(`delete from log.checkpoint where reader = 'webhooks:relay'`);
    stopRelay = relayed(world.log, pool, settings);
    const other = await open();
    await eventually(() => expect(other.events[0]?.personal).toEqual({ words: wordsOf('early') }), inTime);
  });
});
