import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { gather } from './gather';

const atMost = (most: number) => (waiting: readonly unknown[]) => Math.min(waiting.length, most);
const options = { fitting: atMost(10), atOnce: 1, isForAll: () => false };

it('does together what is asked for in one turn, and what is asked for while that is under way', async () => {
  const groups: number[][] = [];
  const ask = gather(
    async (items: readonly number[]) => {
      groups.push([...items]);
      await turn();
      return items.map((item) => item * 2);
    },
    { ...options, fitting: atMost(3) },
  );
  const first = [1, 2].map(ask);
  await turn();
  const later = [3, 4, 5, 6].map(ask);
  expect(await Promise.all([...first, ...later])).toEqual([2, 4, 6, 8, 10, 12]);
  expect(groups).toEqual([[1, 2], [3, 4, 5], [6]]);
});

it('lets a failure be that of the one it comes from', async () => {
  const ask = gather(async (items: readonly number[]) => {
    if (items.includes(2)) throw new Error('two');
    return items;
  }, options);
  const outcomes = await Promise.allSettled([1, 2, 3].map(ask));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('tries nobody alone after a failure that is for all', async () => {
  let tries = 0;
  const ask = gather(
    (): Promise<number[]> => {
      tries++;
      return Promise.reject(new Error('the database is away'));
    },
    { ...options, isForAll: () => true },
  );
  const outcomes = await Promise.allSettled([1, 2, 3].map(ask));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(tries).toBe(1);
});

it('begins the next group beside one that takes too long', async () => {
  const begun: number[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const ask = gather(
    async (items: readonly number[]) => {
      begun.push(...items);
      if (items.includes(1)) await released;
      return items;
    },
    { ...options, patienceMs: 20 },
  );
  const first = ask(1);
  await turn();
  expect(await ask(2)).toBe(2);
  expect(begun).toEqual([1, 2]);
  release();
  expect(await first).toBe(1);
});

it('rests between groups, and the next takes in whoever asked meanwhile', async () => {
  const groups: number[][] = [];
  let rested = (): void => undefined;
  const ask = gather(
    async (items: readonly number[]) => {
      groups.push([...items]);
      return items;
    },
    { fitting: atMost(10), atOnce: 1, isForAll: () => true, rest: () => new Promise<void>((done) => (rested = done)) },
  );
  expect(await ask(1)).toBe(1);
  const others = [ask(2)];
  await turn();
  others.push(ask(3));
  await turn();
  expect(groups).toEqual([[1]]);
  rested();
  expect(await Promise.all(others)).toEqual([2, 3]);
  expect(groups).toEqual([[1], [2, 3]]);
});

it('answers each with its own, has no more under way than it may, and none twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 3 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (pauses, most, atOnce) => {
        let underWay = 0;
        const done: number[] = [];
        const ask = gather(
          async (items: readonly number[]) => {
            expect(++underWay).toBeLessThanOrEqual(atOnce);
            expect(items.length).toBeLessThanOrEqual(most);
            for (let turns = 0; turns < items.length % 4; turns++) await turn();
            done.push(...items);
            underWay--;
            return items.map((item) => `for ${item}`);
          },
          { fitting: atMost(most), atOnce, isForAll: () => true },
        );
        const answers: Promise<string>[] = [];
        for (const [place, pauseTurns] of pauses.entries()) {
          for (let turns = 0; turns < pauseTurns; turns++) await turn();
          answers.push(ask(place));
        }
        expect(await Promise.all(answers)).toEqual(pauses.map((_, place) => `for ${place}`));
        expect(done.sort((one, other) => one - other)).toEqual(pauses.map((_, place) => place));
      },
    ),
  );
});
