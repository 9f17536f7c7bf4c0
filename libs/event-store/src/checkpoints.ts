import { forgetCheckpoints } from './sql/forget-checkpoints.sql';
import { moveCheckpoints, moveFreeCheckpoints } from './sql/move-checkpoints.sql';
import { readCheckpoints } from './sql/read-checkpoints.sql';

/** A pool, a client, or a transaction: whatever the checkpoint is to be read or moved with. */
export interface Queryable {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

/** How far a reader has come in one shard of a source, such as the service whose log it reads. */
export interface Checkpoint {
  readonly reader: string;
  readonly source: string;
  readonly shard: number;
  readonly position: number;
}

export const checkpoints = {
  /** All of these readers' checkpoints in one round trip; a shard that was never read is absent and stands at 0. */
  read: async (db: Queryable, readers: readonly string[]): Promise<Checkpoint[]> => {
    const { rows } = await db.query(readCheckpoints, [readers]);
    return (rows as { reader: string; source: string; shard: number; pos: string }[]).map(({ pos, ...key }) => ({
      ...key,
      position: Number(pos),
    }));
  },

  /**
   * Moves a checkpoint to `position` if it stands at `from`. False means that another process moved it: whoever asked is
   * a zombie for this shard, and must roll its transaction back and read the checkpoint again.
   */
  advance: async (db: Queryable, checkpoint: Checkpoint, from: number): Promise<boolean> => {
    const [moved = false] = await checkpoints.advanceEach(db, [{ ...checkpoint, from }], { wait: true });
    return moved;
  },

  /**
   * The same for many at once, in one round trip: for each whether it was moved. With `wait: false` one that somebody
   * holds is not moved, so that it does not keep the others.
   */
  advanceEach: async (
    db: Queryable,
    moves: readonly (Checkpoint & { readonly from: number })[],
    { wait }: { readonly wait: boolean },
  ): Promise<boolean[]> => {
    const { rows } = await db.query(wait ? moveCheckpoints : moveFreeCheckpoints, [
      moves.map(({ reader }) => reader),
      moves.map(({ source }) => source),
      moves.map(({ shard }) => shard),
      moves.map(({ position }) => position),
      moves.map(({ from }) => from),
    ]);
    const keyOf = ({ reader, source, shard }: Omit<Checkpoint, 'position'>): string => `${reader} ${source} ${shard}`;
    const moved = new Set((rows as Checkpoint[]).map(keyOf));
    return moves.map((move) => moved.has(keyOf(move)));
  },

  /** Sends a reader back to the beginning. */
  forget: async (db: Queryable, reader: string): Promise<void> => {
    await db.query(forgetCheckpoints, [reader]);
  },
};
