import { setTimeout as pause } from 'node:timers/promises';

interface Waiting<Item, Result> {
  readonly item: Item;
  done(result: Result): void;
  failed(error: unknown): void;
}

export interface GatherOptions<Item> {
  /** How many of these that wait, from the first on, are done together; one at least. */
  fitting(waiting: readonly Item[]): number;
  /** Groups that may be under way; while they are, the next one gathers. */
  readonly atOnce: number;
  /** A group that takes longer no longer keeps the next from beginning; without it each is waited for. */
  readonly patienceMs?: number;
  /** What lies between a group and the next, which takes in all who ask until then. */
  rest?(): Promise<unknown>;
  /** Whether a failure of a group is that of each in it; after any other, each is tried alone. */
  isForAll(error: unknown): boolean;
}

/**
 * What many ask for at once is done together, so that they share round trips: at once where little is under way, and in
 * larger groups the more there is. First come, first served.
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { fitting, atOnce, patienceMs, rest, isForAll }: GatherOptions<Item>,
): (item: Item) => Promise<Result> {
  let queue: Waiting<Item, Result>[] = [];
  let underWay = 0;

  async function settle(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(group.map(({ item }) => item));
      group.forEach(({ done }, place) => done(results[place]!));
    } catch (error) {
      if (group.length === 1 || isForAll(error)) for (const { failed } of group) failed(error);
      // One's trouble is not the others'. Nor do those wait that came meanwhile.
      else for (const one of group) void settle([one]);
    }
  }

  async function run(): Promise<void> {
    underWay++;
    // Those that ask in the same turn of the loop share the first group too.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const size = fitting(queue.map(({ item }) => item));
      const group = queue.slice(0, size);
      queue = queue.slice(size);
      await (patienceMs === undefined ? settle(group) : within(patienceMs, settle(group)));
      await rest?.();
    }
    underWay--;
  }

  return (item) =>
    new Promise((done, failed) => {
      queue.push({ item, done, failed });
      if (underWay < atOnce) void run();
    });
}

/** Resolves when the work is done, or when its time is over. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, pause(ms, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}
