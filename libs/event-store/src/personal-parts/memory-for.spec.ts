import { memoryFor } from './memory-for';

let nowMs = 0;
beforeEach(() => (nowMs = 0));
const memory = (most: number) => memoryFor<number>(1_000, most, () => nowMs);

it('remembers until its time is over, counted from the last word', () => {
  const kept = memory(10);
  kept.set('a', 1);
  nowMs = 999;
  expect(kept.get('a')).toBe(1);
  kept.set('a', 2);
  nowMs = 1_998;
  expect(kept.get('a')).toBe(2);
  nowMs = 1_999;
  expect(kept.get('a')).toBeUndefined();
});

it('never holds more than told, and always the latest half of it', () => {
  const kept = memory(10);
  const names = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
  for (const [index, name] of names.entries()) {
    kept.set(name, index);
    const held = names.filter((each) => kept.get(each) !== undefined);
    expect(held.length).toBeLessThanOrEqual(10);
    expect(held.slice(-5)).toEqual(names.slice(Math.max(0, index - 4), index + 1));
  }
});

it('forgets what it is told to, however long ago it came', () => {
  const kept = memory(4);
  for (const [index, name] of ['a', 'b', 'c'].entries()) kept.set(name, index);
  kept.delete('a');
  kept.delete('c');
  expect(['a', 'b', 'c'].map((name) => kept.get(name))).toEqual([undefined, 1, undefined]);
  kept.clear();
  expect(kept.get('b')).toBeUndefined();
});
