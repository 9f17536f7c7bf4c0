import type { RecordedEvent } from '@postrider/event-contracts';
import { gather } from '@postrider/event-store';
import type { Pool } from 'pg';
import { moveCheckpoints, type Move } from './checkpoints';
import type { Fold, OnceCommitted, Tx } from './reader';
import { fitting, restingTurns, turnMostMs, type RestingTurns } from './resting-turns';
import { Fenced } from './set-backs';
import { inTransaction } from './transaction';
import { isTransient } from './transient';

/** What a fold has to do for one shard, and where the shard's checkpoint moves with it. */
export interface Portion extends Move {
  /** Opened, and none of them behind a parked one. */
  readonly events: readonly RecordedEvent[];
  /** There is more to read already: what is so large has nothing to gain from others, and would only make them wait. */
  readonly behind: boolean;
}

/** A fold's part in the turns: a portion is taken once it is committed. */
export type SharedTurns = RestingTurns<Portion, void>;

interface Turn extends Portion {
  readonly fold: Fold;
}

const nothing = (): void => undefined;

/** What waits so long, for a lock, holds those up that share its turn: the turn is given up, and tried again without it. */
const statementMostMs = 5_000;

/**
 * The folds of one process, on whatever shards, take turns together: what they have at the same moment goes into one
 * transaction, as a hundred small ones cost a hundred times as much. After each turn all rest, so that the next finds
 * more to share; `restless` ones do not. If a turn fails, each portion is tried alone: one's trouble is not the others'. A
 * fold that is slow, or behind, has turns of its own.
 */
export function sharedTurns(pool: Pool, { restless = false } = {}): (fold: Fold) => SharedTurns {
  const places = new Map<Fold, number>();
  const slow = new Set<Fold>();

  /** For each whether it was ours to do, or whether another process has done it or is at it. */
  async function commit(turns: readonly Turn[]): Promise<boolean[]> {
    let at: Fold | undefined;
    // Whoever keeps a turn so long has turns of its own until it is quicker.
    const late = setTimeout(() => at && slow.add(at), turnMostMs);
    const next: OnceCommitted[] = [];
    const work = async (tx: Tx): Promise<boolean[]> => {
      // The checkpoints first: a transaction that waits then holds none of the folds' own tables.
      const moved = await moveCheckpoints(tx, turns, { wait: turns.length === 1 });
      for (const { fold, events } of byFold(turns.filter((_, place) => moved[place]))) {
        at = fold;
        next.push((await fold.handle(events, tx)) ?? nothing);
      }
      at = undefined;
      return moved;
    };
    try {
      const moved = await inTransaction(pool, work, turns.length === 1 ? {} : { statementMostMs });
      for (const each of next) each();
      return moved;
    } finally {
      clearTimeout(late);
    }
  }

  /** In one order, so that the turns of two processes do not wait for each other in a circle. */
  function byFold(turns: readonly Turn[]): { fold: Fold; events: RecordedEvent[] }[] {
    const folds = [...new Set(turns.map(({ fold }) => fold))].sort((a, b) => places.get(a)! - places.get(b)!);
    return folds.map((fold) => ({
      fold,
      events: turns.flatMap((turn) => (turn.fold === fold ? turn.events : [])),
    }));
  }

  async function apart(turns: readonly Turn[]): Promise<boolean[]> {
    const started = performance.now();
    const moved = await commit(turns);
    if (performance.now() - started < turnMostMs) for (const { fold } of turns) slow.delete(fold);
    return moved;
  }

  const share = restingTurns(commit, { restless });
  return (fold) => {
    if (!places.has(fold)) places.set(fold, places.size);
    // One at a time here too: its shards would wait for each other in the database, each with a connection, and stay slow.
    const own = gather(apart, { fitting, atOnce: 1, isForAll: isTransient });
    return {
      rested: share.rested,
      async take(portion) {
        const moved = await (portion.behind || slow.has(fold) ? own : share.take)({ ...portion, fold });
        if (!moved) throw new Fenced('the checkpoint was moved');
      },
    };
  };
}
