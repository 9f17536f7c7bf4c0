import type { ServiceName } from '@postrider/event-contracts';
import type { Tx } from './reader';

/** One reader's place in one shard of one source. */
export interface Place {
  readonly reader: string;
  readonly source: ServiceName;
  readonly shard: number;
}

/** Anything that runs a statement: a pool, or a transaction. */
export type Database = Pick<Tx, 'query'>;

/** How far the reader has dealt with the shard; 0 where it has not begun. */
export async function checkpointOf(database: Database, place: Place): Promise<number> {
  const { rows } = await database.query<{ pos: string }>(
    'select pos from log.checkpoint where reader = $1 and source = $2 and shard = $3',
    [place.reader, place.source, place.shard],
  );
  return Number(rows[0]?.pos ?? 0);
}

/** Moves a checkpoint by compare-and-set; false means that somebody else has moved it, and the work must be dropped. */
export async function moveCheckpoint(database: Database, place: Place, from: number, to: number): Promise<boolean> {
  const values = [place.reader, place.source, place.shard, to];
  if (from === 0) {
    const { rowCount } = await database.query(
      `insert into log.checkpoint as c (reader, source, shard, pos) values ($1, $2, $3, $4)
       on conflict (reader, source, shard) do update set pos = excluded.pos where c.pos = 0`,
      values,
    );
    return rowCount === 1;
  }
  const { rowCount } = await database.query(
    'update log.checkpoint set pos = $4 where reader = $1 and source = $2 and shard = $3 and pos = $5',
    [...values, from],
  );
  return rowCount === 1;
}

/** Every place of the named readers, with how far each is. Places that were never begun are absent. */
export async function checkpointsOf(
  database: Database,
  readers: readonly string[],
): Promise<(Place & { position: number })[]> {
  const { rows } = await database.query<{ reader: string; source: ServiceName; shard: number; pos: string }>(
    'select reader, source, shard, pos from log.checkpoint where reader = any($1)',
    [readers],
  );
  return rows.map(({ reader, source, shard, pos }) => ({ reader, source, shard, position: Number(pos) }));
}
