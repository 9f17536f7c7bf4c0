import { Fault } from '@postrider/decider';
import type { AppendVerdict, Fence } from './event-log';
import type { SealedAppend } from './sealed-append';

/** Writes the appends, each to another stream, in one statement; a verdict each, or why that one alone cannot be written. */
export type WriteBatch = (
  appends: readonly SealedAppend[],
  fence: Fence | undefined,
) => Promise<(AppendVerdict | Error)[]>;

export interface Batcher {
  /** Whether that many events more may wait. */
  hasRoomFor(events: number): boolean;
  append(appends: readonly SealedAppend[], fence: Fence | undefined): Promise<AppendVerdict[]>;
  /** Once all that waits is written. */
  drained(): Promise<void>;
}

interface Caller {
  readonly fence: Fence | undefined;
  readonly verdicts: AppendVerdict[];
  missing: number;
  failed: boolean;
  resolve(verdicts: AppendVerdict[]): void;
  reject(error: unknown): void;
}

interface Waiting {
  readonly append: SealedAppend;
  readonly caller: Caller;
  /** Among the caller's appends. */
  readonly index: number;
}

/**
 * Lets concurrent callers of one shard share statements: one is under way, the next takes what queued meanwhile, first
 * come first served, at most `batchMax` events. That is where throughput comes from. Inside a batch a stream stands once
 * and all share one fence. A statement that fails for what it holds is tried again caller by caller, so that one
 * caller's bad value never fails another's.
 */
export function batcher(
  write: WriteBatch,
  { batchMax, waitingMax }: { batchMax: number; waitingMax: number },
): Batcher {
  let queue: Waiting[] = [];
  let events = 0;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // Callers of the same turn of the event loop share the first statement too.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const taken = takeBatch(queue, batchMax);
      queue = taken.left;
      events -= taken.events;
      await settle(taken.batch);
    }
    running = undefined;
  }

  async function settle(batch: Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    const callers = new Set(batch.map(({ caller }) => caller));
    try {
      const verdicts = await write(
        batch.map(({ append }) => append),
        batch[0]?.caller.fence,
      );
      batch.forEach((waiting, at) => answer(waiting, verdicts[at] ?? new Error('the statement gave no verdict')));
    } catch (error) {
      const forAll = error instanceof Fault;
      if (callers.size === 1 || forAll) for (const caller of callers) fail(caller, error);
      else for (const caller of callers) await settle(batch.filter((waiting) => waiting.caller === caller));
      // While the database is away nobody waits longer for having come later.
      if (forAll && error.code === 'unavailable') {
        for (const { caller } of queue) fail(caller, error);
        queue = [];
        events = 0;
      }
    }
  }

  return {
    hasRoomFor: (more) => events === 0 || events + more <= waitingMax,
    append: (appends, fence) =>
      new Promise((resolve, reject) => {
        const caller: Caller = { fence, verdicts: [], missing: appends.length, failed: false, resolve, reject };
        appends.forEach((append, index) => queue.push({ append, caller, index }));
        events += countOf(appends);
        running ??= run();
      }),
    drained: async () => {
      while (running) await running;
    },
  };
}

export const countOf = (appends: readonly SealedAppend[]): number =>
  appends.reduce((sum, { events }) => sum + events.length, 0);

function takeBatch(queue: readonly Waiting[], batchMax: number) {
  const batch: Waiting[] = [];
  const left: Waiting[] = [];
  const streams = new Set<string>();
  let events = 0;
  let dropped = 0;
  let at = 0;
  const fence = queue.find(({ caller }) => !caller.failed)?.caller.fence;
  for (; at < queue.length; at++) {
    const waiting = queue[at] as Waiting;
    const { append, caller } = waiting;
    const size = append.events.length;
    if (caller.failed) dropped += size;
    // What must wait keeps its stream waiting too: appends to one stream stay in order.
    else if (streams.has(append.streamId) || !sameFence(fence, caller.fence)) {
      streams.add(append.streamId);
      left.push(waiting);
    } else if (batch.length > 0 && events + size > batchMax) break;
    else {
      streams.add(append.streamId);
      batch.push(waiting);
      events += size;
    }
  }
  return { batch, left: left.concat(queue.slice(at)), events: events + dropped };
}

const sameFence = (one: Fence | undefined, other: Fence | undefined): boolean =>
  one?.lease === other?.lease && one?.fence === other?.fence;

function answer({ caller, index }: Waiting, verdict: AppendVerdict | Error): void {
  if (verdict instanceof Error) return fail(caller, verdict);
  caller.verdicts[index] = verdict;
  caller.missing--;
  if (caller.missing === 0 && !caller.failed) caller.resolve(caller.verdicts);
}

function fail(caller: Caller, error: unknown): void {
  caller.failed = true;
  caller.reject(error);
}
