import { coalesced } from './coalesced';

const doubling = (atOnce?: number) => {
  const calls: number[][] = [];
  const double = coalesced(async (items: readonly number[]) => {
    calls.push([...items]);
    await Promise.resolve();
    if (items.includes(13)) throw new Error('unlucky');
    return items.map((item) => item * 2);
  }, atOnce);
  return { calls, double };
};

it('does alone what comes alone, and together what comes meanwhile', async () => {
  const { calls, double } = doubling();
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(calls).toEqual([[1], [2, 3]]);
});

it('takes a bounded number at once, in the order they came', async () => {
  const { calls, double } = doubling(2);
  await Promise.all([1, 2, 3, 4, 5].map(double));
  expect(calls).toEqual([[1], [2, 3], [4, 5]]);
});

it('goes on after a failure, which only those in that call see', async () => {
  const { double } = doubling();
  const outcomes = await Promise.allSettled([double(1), double(13), double(2)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await double(4)).toBe(8);
});
