import type { RecordedEvent } from '@postrider/event-contracts';
import type { BusBatch } from './bus';
import { moveCheckpoint, type Move } from './checkpoints';
import { park, parkedAmong } from './parked-records';
import type { Fold, Tx } from './reader';
import { Fenced } from './set-backs';
import type { ShardReaderOptions } from './shard-reader';
import { inTransaction } from './transaction';

/** Wanted events of one shard, and where its checkpoint moves with them. */
export interface ToApply extends Move {
  readonly events: readonly RecordedEvent[];
  /** Ordering keys among them that had parked records when last looked at. */
  readonly suspects: readonly string[];
  /** Where it may be shared with others, whether more is there to read. */
  readonly sharing?: { readonly behind: boolean } | undefined;
}

/** What a portion goes by besides its events. */
export type ApplyOptions = Pick<
  ShardReaderOptions,
  'handles' | 'pool' | 'clock' | 'open' | 'late' | 'turns' | 'reactions' | 'note'
>;

/**
 * Gives events to a reader, and moves the checkpoint as the reader's kind demands: with a fold's tables, in its
 * transaction, and after what else a reader does. What is behind a parked record of its key is put aside. Answers which of
 * the suspects still have parked records.
 */
export function applyEvents(options: ApplyOptions) {
  const { handles: reader, pool, clock, late, turns, reactions } = options;

  /** Moves the checkpoint, and puts aside what has to wait. */
  async function settle(tx: Tx, { place, from, to, events, suspects }: ToApply) {
    if (!(await moveCheckpoint(tx, place, from, to))) throw new Fenced('the checkpoint was moved');
    const blocked = await parkedAmong(tx, place, suspects);
    const waiting = events.filter((event) => blocked.has(event.orderingKey));
    if (waiting.length > 0) {
      await park(tx, place, waiting, { error: null, at: clock.now() });
      options.note({ ...place, what: 'parked', events: waiting.length });
    }
    return { free: events.filter((event) => !blocked.has(event.orderingKey)), blocked };
  }

  /** As the handler gets them. */
  async function opener(events: readonly RecordedEvent[]) {
    const opened = reader.leavesSealed ? events : await options.open(events);
    const at = new Map(opened.map((event) => [event.position, event]));
    return (some: readonly RecordedEvent[]) => some.map((event) => at.get(event.position) ?? event);
  }

  async function foldAlone(fold: Fold, what: ToApply, open: Awaited<ReturnType<typeof opener>>) {
    const { blocked, next } = await inTransaction(pool, async (tx) => {
      // The checkpoint first: a fenced or waiting transaction then holds none of the fold's own tables.
      const settled = await settle(tx, what);
      const after = settled.free.length > 0 ? await fold.handle(open(settled.free), tx) : undefined;
      return { blocked: settled.blocked, next: after };
    });
    next?.();
    return blocked;
  }

  /** The checkpoint of what was acted upon. */
  async function settleAfter(what: ToApply, acted: readonly RecordedEvent[]): Promise<ReadonlySet<string>> {
    if (what.suspects.length === 0) {
      await late.move(what);
      return new Set();
    }
    return inTransaction(pool, async (tx) => {
      const { free, blocked } = await settle(tx, what);
      if (free.length !== acted.length) throw new Fenced('parked records were replayed meanwhile');
      return blocked;
    });
  }

  return async (
    what: ToApply,
    parked: ReadonlySet<string>,
    control: Pick<BusBatch, 'alive' | 'heartbeat'>,
  ): Promise<ReadonlySet<string>> => {
    const { events, suspects, sharing } = what;
    const open = await opener(events);
    if (turns && sharing && suspects.length === 0) {
      await turns.take({ ...what, ...sharing, events: open(events) });
      return new Set();
    }
    if (reader.kind === 'fold') return foldAlone(reader, what, open);
    const free = events.filter((event) => !parked.has(event.orderingKey));
    if (free.length > 0) await (reactions?.take({ events: open(free) }) ?? reader.handle(open(free), control));
    return settleAfter(what, free);
  };
}
