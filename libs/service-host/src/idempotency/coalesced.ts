interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Turns work on many items at once into work on one: what is asked while a call is under way goes together into the next
 * one. Alone, an item does not wait. First come, first served.
 */
export function coalesced<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  atOnce = 200,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let busy = false;

  async function drain(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const taken = waiting.slice(0, atOnce);
      waiting = waiting.slice(atOnce);
      try {
        const results = await work(taken.map(({ item }) => item));
        taken.forEach(({ resolve }, index) => resolve(results[index]!));
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void drain();
    });
}
