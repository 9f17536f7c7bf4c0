import type { Clock } from '@postrider/decider';
import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';
import type { Pool } from 'pg';
import type { Bus, BusSubscription } from './bus';
import { checkpointsOf } from './checkpoints';
import { hearing } from './hearing';
import { silent, type Alarms, type Log, type ReaderNote } from './observer';
import { listParked, type ParkedKey } from './parked-records';
import { lateCheckpoints } from './late-checkpoints';
import { progress } from './progress';
import { sourcesOf, type Reader } from './reader';
import { rebuildFold, rebuildSuffix, type RebuildProgress } from './rebuild-fold';
import { replayParked, type ReplayOutcome } from './replay-parked';
import { Dropped, Fenced, HoleFound } from './set-backs';
import { shardReader } from './shard-reader';
import { sharedReactions } from './shared-reactions';
import { sharedTurns } from './shared-turns';

export interface RunReadersOptions {
  readonly readers: readonly Reader[];
  readonly bus: Bus;
  /** Of the readers' own database. */
  readonly pool: Pool;
  /** The same for urgent readers, where these shall not wait for a connection behind the others. */
  readonly urgentPool?: Pool;
  readonly clock: Clock;
  /** The last position of each shard of a source's log, asked of its owner. */
  headOf(source: ServiceName): Promise<number[]>;
  readonly alarms?: Alarms;
  readonly logger?: Log;
  /** For metrics. */
  readonly note?: (note: ReaderNote) => void;
  /** The most records given to a handler at once; 500. */
  readonly maxBatch?: number;
  /** How often a record may fail before it is parked; 3. */
  readonly attemptsMax?: number;
  /** How long a checkpoint that only passed over events may stay unwritten; 500 ms. */
  readonly flushMs?: number;
}

/** How far one reader is on one shard. */
export interface ReaderLag {
  readonly reader: string;
  readonly kind: Reader['kind'];
  readonly source: ServiceName;
  readonly shard: number;
  readonly position: number;
  readonly head: number;
  /** `head − position`: exact, since positions are dense. */
  readonly lag: number;
}

/** The readers of one process at work. */
export interface RunningReaders {
  /** Waits until the reader has dealt with these positions of a source; false when it has not in time. */
  reached(
    reader: string,
    source: ServiceName,
    positions: readonly { shard: number; position: number }[],
    withinMs: number,
  ): Promise<boolean>;
  /** Asks the source for its head and waits until the reader has reached it; false when it has not in time. */
  caughtUp(reader: string, source: ServiceName, withinMs: number): Promise<boolean>;
  lag(): Promise<ReaderLag[]>;
  parked(): Promise<ParkedKey[]>;
  /** Handles a key's parked records in order, from every source; what fails again stays, with all behind it. */
  replay(reader: string, key: string, onReplayed?: (replayed: number) => void): Promise<ReplayOutcome>;
  /** Folds everything anew, from position 0; the old tables serve meanwhile where the fold names its tables. */
  rebuild(reader: string, onProgress?: (progress: RebuildProgress) => void): Promise<void>;
  /** Takes no more, lets what is at hand finish within the deadline, and writes the checkpoints. */
  close(deadlineMs?: number): Promise<void>;
}

/** Starts the readers: one subscription for each reader and source, one pipeline for each of their shards. */
export async function runReaders(options: RunReadersOptions): Promise<RunningReaders> {
  const { readers, pool, bus, maxBatch = 500 } = options;
  const logger = options.logger ?? silent;
  const note = options.note ?? (() => undefined);
  const alarms = options.alarms ?? { raise: () => undefined, clear: () => undefined };
  const names = readers.map((reader) => reader.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`Two readers are named ${twice}; a reader's name is its checkpoint's.`);
  const far = progress(pool);
  const { urgentPool = pool } = options;
  const turnsOf = sharedTurns(pool);
  const urgentTurnsOf = sharedTurns(urgentPool, { restless: true });
  const late = lateCheckpoints(pool, options.flushMs ?? 500);
  const running = new Map<string, { close(deadlineMs: number): Promise<void> }>();

  /** Runs a reader on all its sources under `group`, which also names its checkpoints. */
  async function start(reader: Reader, group = reader.name): Promise<void> {
    const closing = new AbortController();
    const shards: ReturnType<typeof shardReader>[] = [];
    const { signal } = closing;
    // A rebuild writes beside the others, and is behind.
    const shares = reader.kind === 'fold' && !group.endsWith(rebuildSuffix);
    const turns = shares ? (reader.urgent ? urgentTurnsOf : turnsOf)(reader) : undefined;
    const reactions = reader.kind === 'reaction' ? sharedReactions(reader) : undefined;
    const subscriptions: BusSubscription[] = await Promise.all(
      sourcesOf(reader).map((source) => {
        const bySource = new Map<number, ReturnType<typeof shardReader>>();
        const at = (shard: number): ReturnType<typeof shardReader> => {
          let one = bySource.get(shard);
          if (!one) {
            const moved = (position: number): void => far.moved(group, source, shard, position);
            const { attemptsMax = 3, clock } = options;
            const open = (events: readonly RecordedEvent[]) => bus.open(source, events);
            const fixed = { open, clock, alarms, note, attemptsMax, maxBatch, signal, turns, reactions, late };
            const its = {
              pool: reader.urgent ? urgentPool : pool,
              reader: group,
              source,
              shard,
              handles: reader,
              moved,
            };
            one = shardReader({ ...fixed, ...its });
            bySource.set(shard, one);
            shards.push(one);
          }
          return one;
        };
        return bus.subscribe({
          group,
          source,
          alone: group.endsWith(rebuildSuffix),
          maxBatch,
          wants: hearing(reader.hears),
          position: (shard) => at(shard).position(),
          handle: (batch) =>
            at(batch.shard)
              .handle(batch)
              .catch(tell(reader.name, source, batch.shard)),
        });
      }),
    );
    running.set(group, {
      async close(deadlineMs) {
        running.delete(group);
        closing.abort();
        await Promise.all(subscriptions.map((subscription) => subscription.close(deadlineMs)));
        await Promise.race([Promise.all(shards.map((shard) => shard.settle())), after(deadlineMs)]);
      },
    });
  }

  const tell =
    (reader: string, source: string, shard: number) =>
    (error: unknown): never => {
      const expected = error instanceof Dropped || error instanceof Fenced;
      if (!expected && !(error instanceof HoleFound))
        logger.error({ err: error, reader, source, shard }, 'a reader failed');
      else if (!expected) logger.warn({ reader, source, shard, hole: error.message }, 'a reader stands before a hole');
      throw error;
    };

  function named(name: string): Reader {
    const reader = readers.find((one) => one.name === name);
    if (!reader) throw new Error(`There is no reader ${name}; there are ${names.join(', ')}.`);
    return reader;
  }

  await Promise.all(readers.map((reader) => start(reader)));
  return {
    reached: far.reached,
    async caughtUp(reader, source, withinMs) {
      const started = performance.now();
      const heads = await options.headOf(source);
      const positions = heads.map((position, shard) => ({ shard, position }));
      return far.reached(reader, source, positions, withinMs - (performance.now() - started));
    },
    async lag() {
      const sources = [...new Set(readers.flatMap(sourcesOf))];
      const heads = new Map(
        await Promise.all(sources.map(async (source) => [source, await options.headOf(source)] as const)),
      );
      const places = await checkpointsOf(pool, names);
      return readers.flatMap((reader) =>
        sourcesOf(reader).flatMap((source) =>
          (heads.get(source) ?? []).map((head, shard) => {
            const is = (place: (typeof places)[number]): boolean =>
              place.reader === reader.name && place.source === source && place.shard === shard;
            const position = places.find(is)?.position ?? 0;
            return { reader: reader.name, kind: reader.kind, source, shard, position, head, lag: head - position };
          }),
        ),
      );
    },
    parked: () => listParked(pool, names),
    async replay(name, key, onReplayed) {
      const reader = named(name);
      let replayed = 0;
      let error: string | undefined;
      for (const source of sourcesOf(reader)) {
        const outcome = await replayParked(
          { pool, reader, source, open: (events) => bus.open(source, events) },
          key,
          (count) => onReplayed?.(replayed + count),
        );
        replayed += outcome.replayed;
        error ??= outcome.error;
      }
      if ((await listParked(pool, [name])).length === 0) alarms.clear(`parked:${name}`);
      return error === undefined ? { replayed } : { replayed, error };
    },
    async rebuild(name, onProgress = () => undefined) {
      const fold = named(name);
      if (fold.kind !== 'fold')
        throw new Error(`${name} is a ${fold.kind}: only folds are rebuilt, since the others act.`);
      const run = {
        start: (reader: Reader, group: string) => start(reader, group),
        stop: async (group: string) => running.get(group)?.close(10_000),
      };
      await rebuildFold({ fold, pool, headOf: (source) => options.headOf(source), run, onProgress });
      alarms.clear(`parked:${name}`);
    },
    async close(deadlineMs = 10_000) {
      await Promise.all([...running.values()].map((reader) => reader.close(deadlineMs)));
    },
  };
}

function after(deadlineMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, deadlineMs).unref());
}
