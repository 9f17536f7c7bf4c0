import type { ServiceName } from '@postrider/event-contracts';
import type { Pool } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { checkpointsOf, type Database, type Place } from './checkpoints';
import { sourcesOf, type Fold, type Reader, type Tx } from './reader';
import { createShadow, dropShadow, shadowOf, swapIn } from './shadow-tables';
import { asTx, inTransaction } from './transaction';

export interface RebuildProgress {
  readonly done: number;
  readonly of: number;
}

export interface RebuildOptions {
  readonly fold: Fold;
  readonly pool: Pool;
  headOf(source: ServiceName): Promise<number[]>;
  readonly run: { start(reader: Reader, group: string): Promise<void>; stop(group: string): Promise<void> };
  onProgress(progress: RebuildProgress): void;
}

/** Ends the name of a rebuild, which is its group and names its checkpoints. */
export const rebuildSuffix = '~rebuild';
const lookEveryMs = 50;
const swapWithinMs = 30_000;
/** So near to the head, the rest is done while the old run stands still. */
const nearEnough = 1_000;

/** Folds everything anew. One rebuild of a fold at a time, whichever process asked for it. */
export async function rebuildFold(options: RebuildOptions): Promise<void> {
  const { fold, pool } = options;
  if (!fold.tables && !fold.reset)
    throw new Error(`${fold.name} offers neither its tables nor a reset, so it cannot be rebuilt.`);
  const client = await pool.connect();
  try {
    const { rows } = await asTx(client).query<{ mine: boolean }>(
      'select pg_try_advisory_lock(4713, hashtext($1)) as mine',
      [fold.name],
    );
    if (!rows[0]?.mine) throw new Error(`${fold.name} is being rebuilt already.`);
    try {
      await (fold.tables ? rebuildBeside(options, fold.tables) : rebuildInPlace(options));
    } finally {
      await client.query('select pg_advisory_unlock(4713, hashtext($1))', [fold.name]);
    }
  } finally {
    client.release();
  }
}

/** Fills new tables beside the old ones, which serve until the swap. */
async function rebuildBeside(options: RebuildOptions, tables: readonly string[]): Promise<void> {
  const { fold, pool, run } = options;
  const group = `${fold.name}${rebuildSuffix}`;
  const shadow = shadowOf(fold.name);
  const beside: Fold = {
    ...fold,
    name: group,
    async handle(events, tx) {
      await tx.query(`set local search_path to ${shadow}, public`);
      await fold.handle(events, { ...tx, rebuilding: true });
    },
  };
  await inTransaction(pool, async (tx) => {
    await forget(tx, group);
    await createShadow(tx, shadow, tables);
  });
  try {
    await run.start(beside, group);
    await untilNear(options, group);
    await inTransaction(pool, async (tx) => {
      const old = await lockedPlaces(tx, fold.name);
      await untilAt(pool, group, old);
      await run.stop(group);
      const swap = () => swapIn(tx, shadow, tables);
      await (fold.swap ? fold.swap(tx, swap) : swap());
      await tx.query('delete from log.checkpoint where reader = $1', [fold.name]);
      await tx.query('update log.checkpoint set reader = $1 where reader = $2', [fold.name, group]);
      await tx.query('delete from bus.parked where reader = $1', [fold.name]);
      await tx.query('update bus.parked set reader = $1 where reader = $2', [fold.name, group]);
    });
  } catch (error) {
    await run.stop(group);
    await inTransaction(pool, async (tx) => {
      await dropShadow(tx, shadow);
      await forget(tx, group);
    });
    throw error;
  }
  await restart(options);
}

/** Empties the tables and folds from 0 again; queries see the tables fill. */
async function rebuildInPlace(options: RebuildOptions): Promise<void> {
  const { fold, pool } = options;
  await inTransaction(pool, async (tx) => {
    await lockedPlaces(tx, fold.name);
    await forget(tx, fold.name);
    await fold.reset?.(tx);
  });
  await restart(options);
  await untilNear(options, fold.name, 0);
}

/** Runs of this process look at their checkpoint at once; those of others meet the moved checkpoint with their next event. */
async function restart({ fold, run }: RebuildOptions): Promise<void> {
  await run.stop(fold.name);
  await run.start(fold, fold.name);
}

async function untilNear(
  { fold, pool, headOf, onProgress }: RebuildOptions,
  group: string,
  near = nearEnough,
): Promise<void> {
  const heads = await Promise.all(sourcesOf(fold).map(headOf));
  const of = heads.flat().reduce((sum, head) => sum + head, 0);
  for (;;) {
    const places = await checkpointsOf(pool, [group]);
    const done = places.reduce((sum, place) => sum + place.position, 0);
    onProgress({ done: Math.min(done, of), of });
    if (of - done <= near) return;
    await pause(lookEveryMs);
  }
}

async function untilAt(
  database: Database,
  group: string,
  wanted: readonly (Place & { position: number })[],
): Promise<void> {
  const deadline = performance.now() + swapWithinMs;
  for (;;) {
    const places = await checkpointsOf(database, [group]);
    const at = ({ source, shard }: Place): number =>
      places.find((place) => place.source === source && place.shard === shard)?.position ?? 0;
    if (wanted.every((place) => at(place) >= place.position)) return;
    if (performance.now() > deadline)
      throw new Error(`The rebuild ${group} did not catch up within ${swapWithinMs / 1000} s.`);
    await pause(lookEveryMs);
  }
}

/** Holds the reader's checkpoints until the transaction ends: its runs wait, whichever process they are in. */
async function lockedPlaces(tx: Tx, reader: string): Promise<(Place & { position: number })[]> {
  await tx.query('select 1 from log.checkpoint where reader = $1 order by source, shard for update', [reader]);
  return checkpointsOf(tx, [reader]);
}

async function forget(tx: Tx, reader: string): Promise<void> {
  await tx.query('delete from log.checkpoint where reader = $1', [reader]);
  await tx.query('delete from bus.parked where reader = $1', [reader]);
}
