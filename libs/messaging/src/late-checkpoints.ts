import { gather } from '@postrider/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { moveCheckpoints, type Move } from './checkpoints';
import { Fenced } from './set-backs';

/** Moves the checkpoints of all readers of a process outside of transactions, those of the same moment in one statement. */
export interface LateCheckpoints {
  /** Resolves at the next of the moments at which all write what they have only passed over. */
  due(): Promise<void>;
  /** `Fenced` where somebody else has moved it, or holds it. */
  move(move: Move): Promise<void>;
}

export function lateCheckpoints(pool: Pool, everyMs: number): LateCheckpoints {
  // What fails is the database's trouble, and everybody's.
  const moveTogether = gather<Move, boolean>((moves) => moveCheckpoints(pool, moves, { wait: false }), {
    fitting: (waiting) => waiting.length,
    atOnce: 2,
    isForAll: () => true,
  });
  let next: Promise<void> | undefined;
  return {
    due() {
      next ??= pause(everyMs, undefined, { ref: false }).then(() => {
        next = undefined;
      });
      return next;
    },
    async move(move) {
      if (!(await moveTogether(move))) throw new Fenced('the checkpoint was moved');
    },
  };
}
