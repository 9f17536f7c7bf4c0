interface Waiting<Item, Result> {
  readonly item: Item;
  done(result: Result): void;
  failed(error: unknown): void;
}

export interface GatherOptions {
  /** The most that are done together. */
  readonly most: number;
  /** Groups that may be under way; while they are, the next one gathers. */
  readonly atOnce: number;
  /** Whether a failure of a group is that of each in it; after any other, each is tried alone. */
  isForAll(error: unknown): boolean;
}

/**
 * What many ask for at once is done together, so that they share round trips: at once where little is under way, and in
 * larger groups the more there is. First come, first served.
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { most, atOnce, isForAll }: GatherOptions,
): (item: Item) => Promise<Result> {
  let queue: Waiting<Item, Result>[] = [];
  let underWay = 0;

  async function settle(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(group.map(({ item }) => item));
      group.forEach(({ done }, place) => done(results[place]!));
    } catch (error) {
      if (group.length === 1 || isForAll(error)) for (const { failed } of group) failed(error);
      // One's trouble is not the others'.
      else await Promise.all(group.map((one) => settle([one])));
    }
  }

  async function run(): Promise<void> {
    underWay++;
    // Those that ask in the same turn of the loop share the first group too.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const group = queue.slice(0, most);
      queue = queue.slice(most);
      await settle(group);
    }
    underWay--;
  }

  return (item) =>
    new Promise((done, failed) => {
      queue.push({ item, done, failed });
      if (underWay < atOnce) void run();
    });
}
