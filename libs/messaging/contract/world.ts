import { StatusReported, type RecordedEvent, type ServiceName } from '@postrider/event-contracts';
import {
  eventStoreMigrations,
  memoryLeases,
  memoryLog,
  personalParts,
  postgresLog,
  postgresPartKeys,
  type EventLog,
  type PersonalParts,
} from '@postrider/event-store';
import { keyring } from '@postrider/keys';
import {
  embeddedBus,
  kafkaBus,
  kafkaRelay,
  messagingMigrations,
  runReaders,
  type Bus,
  type Fold,
  type ReaderAlarm,
  type Reaction,
  type Reader,
  type RunningReaders,
  type RunReadersOptions,
} from '../src';
import { describeWithKafka, testKafka, testPostgres } from '@postrider/test-backends';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';

export const source: ServiceName = 'webhooks';
export const workspaceId = '01900000-0000-7000-8000-000000000001';

/** What a test may do to the log that the bus reads, to play a faulty transport. */
export interface Tampering {
  /** Positions that are never delivered. */
  hidden: Set<number>;
  /** How many events before the wanted ones are delivered once more. */
  repeats: number;
}

/** One service's log, the bus that carries it, and a database for its readers. */
export interface World {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly parts: PersonalParts;
  readonly tampering: Tampering;
  /** A bus of its own, as each process has one. */
  bus(): Bus;
  /** Starts readers as a process of their own would. */
  run(readers: readonly Reader[], options?: Partial<RunReadersOptions>): Promise<Process>;
  close(): Promise<void>;
}

export interface Process extends RunningReaders {
  readonly alarms: ReaderAlarm[];
}

type LogOf = (url: string, parts: PersonalParts) => Promise<EventLog>;
export type Carrier = (log: EventLog, pool: Pool) => Promise<{ bus(): Bus; close(): Promise<void> }>;

async function world(logOf: LogOf, carrierOf: Carrier): Promise<World> {
  const url = await (await testPostgres()).newDatabase('messaging');
  const database = new DataSource({
    type: 'postgres',
    url,
    migrations: [...eventStoreMigrations, ...messagingMigrations],
  });
  await database.initialize();
  await database.runMigrations();
  await database.destroy();
  const pool = new Pool({ connectionString: url, max: 20 });
  pool.on('error', () => undefined);
  await pool.query('create table seen (seq bigserial primary key, key text not null, n int not null)');
  const parts = personalParts({ service: source, store: postgresPartKeys(pool), keys: keyring(Buffer.alloc(32, 7)) });
  const inner = await logOf(url, parts);
  const tampering: Tampering = { hidden: new Set(), repeats: 0 };
  const log = tampered(inner, tampering);
  const carrier = await carrierOf(log, pool);
  const processes = new Set<{ running: RunningReaders; bus: Bus }>();
  return {
    ...{ log, pool, parts, tampering },
    bus: carrier.bus,
    async run(readers, options = {}) {
      const alarms: ReaderAlarm[] = [];
      const bus = options.bus ?? carrier.bus();
      const running = await runReaders({
        ...{ readers, bus, pool },
        clock: { now: () => new Date(), monotonicMs: () => performance.now() },
        headOf: () => log.heads(),
        alarms: { raise: (alarm) => void alarms.push(alarm), clear: () => undefined },
        ...options,
      });
      const one = { running, bus };
      processes.add(one);
      return {
        ...running,
        alarms,
        async close(deadlineMs) {
          processes.delete(one);
          await running.close(deadlineMs);
          await bus.close();
        },
      };
    },
    async close() {
      for (const { running, bus } of processes) {
        await running.close(2_000);
        await bus.close();
      }
      await carrier.close();
      await inner.close();
      await pool.end();
    },
  };
}

function tampered(log: EventLog, tampering: Tampering): EventLog {
  return {
    ...log,
    service: log.service,
    shards: log.shards,
    // What is tampered with has to be read.
    onAppended: (listener) =>
      log.onAppended((shard, growth) =>
        listener(shard, tampering.repeats > 0 || tampering.hidden.size > 0 ? undefined : growth),
      ),
    async readSealed(shard, after, limit) {
      const events = await log.readSealed(shard, after, limit);
      const again =
        events.length > 0
          ? await log.readSealed(shard, Math.max(0, after - tampering.repeats), Math.min(after, tampering.repeats))
          : [];
      return [...(tampering.repeats > 0 ? again : []), ...events].filter(
        (event) => !tampering.hidden.has(event.position),
      );
    },
  };
}

const inMemory: LogOf = async (_, parts) => memoryLog({ service: source, parts, shards: 2 });
const onPostgres: LogOf = (url, parts) => postgresLog({ service: source, parts, connectionString: url, shards: 2 });

/** A world over a log on Postgres, with a bus of the test's own. */
export const openWorld = (carrier: Carrier): Promise<World> => world(onPostgres, carrier);

const embedded: Carrier = async (log) => ({
  bus: () => embeddedBus(new Map([[source, log]]), { pollMs: 100 }),
  close: async () => undefined,
});

const onKafka: Carrier = async (log, pool) => {
  const { brokers } = await testKafka();
  const settings = {
    brokers,
    clientId: 'contract',
    installation: `test-${randomUUID()}`,
    shards: 2,
    sessionTimeoutMs: 6_000,
  };
  const relaying = relayed(log, pool, settings);
  return { bus: () => kafkaBus({ ...settings, noteEveryMs: 100, open: log.open }), close: relaying };
};

/** Runs a relay until the answer is called. */
export function relayed(
  log: EventLog,
  pool: Pool,
  settings: { brokers: readonly string[]; clientId: string; installation: string; shards: number },
): () => Promise<void> {
  const end = new AbortController();
  const done = kafkaRelay({ ...settings, log, pool, leases: memoryLeases() }).run(end.signal);
  return async () => {
    end.abort();
    await done;
  };
}

/** The suite on every bus there is. */
export function onEveryBus(suite: (open: () => World) => void): void {
  const on = (logOf: LogOf, carrier: Carrier) => () => {
    let current: World | undefined;
    beforeEach(async () => void (current = await world(logOf, carrier)));
    afterEach(() => current?.close());
    suite(() => {
      if (!current) throw new Error('the world is there inside tests alone');
      return current;
    });
  };
  describe('the embedded bus over a log in memory', on(inMemory, embedded));
  describe('the embedded bus over a log on Postgres', on(onPostgres, embedded));
  describeWithKafka('the Kafka bus over a log on Postgres', on(onPostgres, onKafka));
}

/** Appends one event a number, under one ordering key. Later calls go on with the same stream. */
export async function say(
  log: EventLog,
  key: string,
  numbers: readonly number[],
  more: object = {},
): Promise<{ shard: number; position: number }> {
  const [verdict] = await log.append([
    {
      streamId: streamOf(key),
      expectedVersion: 'any',
      orderingKey: key,
      events: numbers.map((n) => ({
        ...{ type: 'StatusReported', at: new Date(), data: { n, ...more } },
        personal: { words: wordsOf(key) },
      })),
      meta: { workspaceId, actor: 'meta', correlationId: 'contract', aliasKeys: [key] },
    },
  ]);
  if (verdict?.status !== 'ok') throw new Error(`not appended: ${verdict?.status}`);
  return verdict;
}

/** What events of a key quote. */
export const wordsOf = (key: string): string => `the words of ${key}`;

const streams = new Map<string, string>();
function streamOf(key: string): string {
  const known = streams.get(key) ?? randomUUID();
  streams.set(key, known);
  return known;
}

export const numberOf = (event: RecordedEvent): number => (event.data as { n: number }).n;

/** A fold that writes down what it sees; `before` may spoil it. */
export function seenFold(
  name = 'test:seen',
  before: (event: RecordedEvent) => void | Promise<void> = () => undefined,
): Fold {
  return {
    ...{ name, kind: 'fold', hears: [StatusReported] },
    async handle(events, tx) {
      for (const event of events) await before(event);
      await tx.query('insert into seen (key, n) select * from unnest($1::text[], $2::int[])', [
        events.map((event) => event.orderingKey),
        events.map(numberOf),
      ]);
    },
    reset: async (tx) => void (await tx.query('delete from seen')),
  };
}

/** A reaction to every event of the suite. */
export function reaction(name: string, handle: Reaction['handle']): Reaction {
  return { name, kind: 'reaction', hears: [StatusReported], handle };
}

/** What the fold has written down of a key, in order. */
export async function seen(pool: Pool, key: string): Promise<number[]> {
  const { rows } = await pool.query<{ n: number }>('select n from seen where key = $1 order by seq', [key]);
  return rows.map((row) => row.n);
}

export const upTo = (count: number, from = 1): number[] => Array.from({ length: count }, (_, index) => from + index);
