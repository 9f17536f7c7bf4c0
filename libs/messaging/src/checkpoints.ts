import type { ServiceName } from '@postrider/event-contracts';
import { checkpoints } from '@postrider/event-store';
import type { Tx } from './reader';

/** One reader's place in one shard of one source. */
export interface Place {
  readonly reader: string;
  readonly source: ServiceName;
  readonly shard: number;
}

/** Anything that runs a statement: a pool, or a transaction. */
export type Database = Pick<Tx, 'query'>;

/** Every place of the named readers, with how far each is. Places that were never begun are absent. */
export async function checkpointsOf(
  database: Database,
  readers: readonly string[],
): Promise<(Place & { position: number })[]> {
  return (await checkpoints.read(database, readers)).map((place) => ({
    ...place,
    source: place.source as ServiceName,
  }));
}

/** How far the reader has dealt with the shard; 0 where it has not begun. */
export async function checkpointOf(database: Database, { reader, source, shard }: Place): Promise<number> {
  const places = await checkpointsOf(database, [reader]);
  return places.find((place) => place.source === source && place.shard === shard)?.position ?? 0;
}

/** One checkpoint's way: the compare-and-set is of `from`. */
export interface Move {
  readonly place: Place;
  readonly from: number;
  readonly to: number;
}

/** Moves many in one statement; for each whether it was moved, or whether somebody else has moved it or holds it. */
export function moveCheckpoints(
  database: Database,
  moves: readonly Move[],
  whatIsHeld: { readonly wait: boolean },
): Promise<boolean[]> {
  return checkpoints.advanceEach(
    database,
    moves.map(({ place: { reader, source, shard }, from, to }) => ({ reader, source, shard, position: to, from })),
    whatIsHeld,
  );
}

/** Moves a checkpoint by compare-and-set; false means that somebody else has moved it, and the work must be dropped. */
export function moveCheckpoint(database: Database, place: Place, from: number, to: number): Promise<boolean> {
  const { reader, source, shard } = place;
  return checkpoints.advance(database, { reader, source, shard, position: to }, from);
}
