import { Fault } from '@postrider/decider';
import type { RecordedEvent } from '@postrider/event-contracts';
import { Pool } from 'pg';
import { appendedEvents } from './appended-events';
import { batcher, countOf } from './batcher';
import { withPatience } from './database-failure';
import type { AppendVerdict, EventLog } from './event-log';
import { notifications } from './notifications';
import { openLog } from './open-log';
import { readHeads } from './sql/read-heads.sql';
import { readShard } from './sql/read-shard.sql';
import { readStream } from './sql/read-stream.sql';
import { readStreams } from './sql/read-streams.sql';
import { byStream, dense, recorded, type RecordedRow } from './recorded-row';
import { sealerFor } from './personal-parts/sealer-for';
import type { PersonalParts } from './personal-parts/personal-parts';
import { seal, type SealedAppend } from './sealed-append';
import { defaultShards, shardOf } from './shard-of';
import { signals } from './signals';
import { writeBatch } from './write-batch';

export interface PostgresLogOptions {
  /** The owning service. */
  readonly service: string;
  /** Of the service's own database, already migrated (`eventStoreMigrations`); direct, not through a transaction pooler. */
  readonly connectionString: string;
  /** The service's pool: not needed, the log has few connections of its own so that nothing else can starve it. */
  readonly pool?: Pool;
  /** Fixed when the log is made; another number later is an error. */
  readonly shards?: number;
  /** Events that may wait in a shard before callers are turned away with the Fault `overloaded`. */
  readonly waitingMax?: number;
  /** How long a database that is away is waited for before the Fault `unavailable`. */
  readonly patienceMs?: number;
  /** False where no other process reads this log: nothing is announced across processes. */
  readonly acrossProcesses?: boolean;
  /** Brings an old event to its newest form as it is read. */
  readonly upcast?: (event: RecordedEvent) => RecordedEvent;
  /** Seals what names people; without it that lies open. */
  readonly parts?: PersonalParts;
}

/** Events in one statement: beyond this, larger batches gain nothing and only make others wait. */
const batchMax = 500;

/** A service's log on Postgres. Rejects with the Fault `unavailable` where the database cannot be reached. */
export async function postgresLog(options: PostgresLogOptions): Promise<EventLog> {
  const { service, connectionString, shards = defaultShards, waitingMax = 10_000, patienceMs = 2_000 } = options;
  const { acrossProcesses = true, upcast = (event) => event, parts } = options;
  const pool = new Pool({
    connectionString,
    // One connection a shard to write, and some to read.
    max: shards + 4,
    keepAlive: true,
    // A server that is away refuses at once; one that is slow must not be asked anew for what it is about to give.
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    query_timeout: 20_000,
    statement_timeout: 15_000,
    options: '-c plan_cache_mode=force_generic_plan',
  });
  pool.on('error', () => undefined);
  await openLog(pool, shards, patienceMs).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });

  const local = signals();
  const remote = acrossProcesses
    ? notifications({ connectionString, shards, heard: (shard) => local.emit(shard) })
    : undefined;
  const lanes = Array.from({ length: shards }, (_, shard) => {
    const write = writeBatch(pool, shard, patienceMs);
    const lane = batcher(
      async (appends, fence) => {
        const verdicts = await write(appends, fence);
        if (verdicts.some((verdict) => !(verdict instanceof Error) && verdict.status === 'ok')) {
          local.emit(shard, appendedEvents(appends, verdicts));
          remote?.announce(shard);
        }
        return verdicts;
      },
      { batchMax, waitingMax },
    );
    return lane;
  });
  let closed = false;

  const read = async (name: string, text: string, values: unknown[]): Promise<RecordedEvent[]> => {
    const { rows } = await withPatience(patienceMs, () => pool.query<RecordedRow>({ name, text, values }));
    return rows.map(recorded);
  };
  const open = async (events: readonly RecordedEvent[]) => ((await parts?.open(events)) ?? events).map(upcast);
  const readSealed: EventLog['readSealed'] = async (shard, after, limit) =>
    dense(await read('log.shard', readShard, [shard, after, limit]), service, shard, after);

  return {
    service,
    shards,
    shardOf: (orderingKey) => shardOf(orderingKey, shards),
    append: async (streams, fence) => {
      if (closed) throw closing(service);
      const sealing = sealerFor(parts, streams);
      const sealer = sealing instanceof Promise ? await sealing : sealing;
      const byShard = new Map<number, { appends: SealedAppend[]; indexes: number[] }>();
      streams.forEach((stream, index) => {
        const shard = shardOf(stream.orderingKey, shards);
        const group = byShard.get(shard) ?? { appends: [], indexes: [] };
        byShard.set(shard, group);
        group.appends.push(seal(service, stream, sealer));
        group.indexes.push(index);
      });
      for (const [shard, { appends }] of byShard) {
        if (!lanes[shard]?.hasRoomFor(countOf(appends))) throw overloaded(service, shard);
      }
      const verdicts: AppendVerdict[] = [];
      const written = [...byShard].map(async ([shard, { appends, indexes }]) => {
        const answers = await lanes[shard]?.append(appends, fence);
        answers?.forEach((verdict, at) => (verdicts[indexes[at] as number] = verdict));
      });
      await settled(written);
      return verdicts;
    },
    readStream: async (streamId) => open(await read('log.stream', readStream, [streamId])),
    readStreams: async (streamIds) => byStream(await open(await read('log.streams', readStreams, [streamIds]))),
    readShard: async (shard, after, limit) => open(await readSealed(shard, after, limit)),
    readSealed,
    open,
    heads: async () => {
      const { rows } = await withPatience(patienceMs, () => pool.query<{ pos: string }>(readHeads));
      return rows.map(({ pos }) => Number(pos));
    },
    onAppended: (listener) => {
      void remote?.listen();
      return local.on(listener);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await Promise.all(lanes.map((lane) => lane.drained()));
      await remote?.close();
      await pool.end();
    },
  };
}

/** Waits for all, so that nothing is still under way when the first failure is told. */
async function settled(promises: Promise<unknown>[]): Promise<void> {
  const failure = (await Promise.allSettled(promises)).find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

const overloaded = (service: string, shard: number): Fault =>
  new Fault({
    code: 'overloaded',
    message: `too many events wait for shard ${shard} of ${service}`,
    publicText: 'Too much is waiting to be stored; try again soon.',
    retryable: true,
  });

const closing = (service: string): Fault =>
  new Fault({
    code: 'unavailable',
    message: `the log of ${service} is closed`,
    publicText: 'The service is stopping; try again soon.',
    retryable: true,
  });
