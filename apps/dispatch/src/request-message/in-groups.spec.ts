import { inGroups } from './in-groups';

const by = { keyOf: (asked: string) => asked[0]!, most: 3, failsAll: (error: unknown) => error === 'down' };

it('does together what is asked at once, by key, and no more than so many', async () => {
  const groups: string[] = [];
  const ask = inGroups<string>(async (group) => void groups.push(group.join(' ')), by);
  await Promise.all(['a1', 'b1', 'a2', 'a3', 'a4'].map(ask));
  expect(groups.sort()).toEqual(['a1 a2 a3', 'a4', 'b1']);
  await ask('a5');
  expect(groups.at(-1)).toBe('a5');
});

it('fails only whom it must', async () => {
  const ask = inGroups<string>(async (group) => {
    if (group.includes('a2')) throw new Error('bad');
  }, by);
  const outcomes = await Promise.allSettled(['a1', 'a2', 'a3'].map(ask));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('tries nobody alone against what would meet them all', async () => {
  let runs = 0;
  const ask = inGroups<string>(() => {
    runs += 1;
    return Promise.reject('down' as unknown as Error);
  }, by);
  const outcomes = await Promise.allSettled(['a1', 'a2'].map(ask));
  expect([runs, ...outcomes.map(({ status }) => status)]).toEqual([1, 'rejected', 'rejected']);
});
