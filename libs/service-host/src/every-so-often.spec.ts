import { everySoOften } from './every-so-often';

it('goes on at once while there is more, then after its pause, until the stop', async () => {
  const stop = new AbortController();
  const startedMs = performance.now();
  const seen: ('more' | undefined)[] = [];
  const answers = ['more', 'more', undefined, undefined] as const;
  const loop = everySoOften('look', 30, async () => {
    const answer = answers[seen.length];
    seen.push(answer);
    if (seen.length === answers.length) stop.abort();
    return Promise.resolve(answer);
  });
  await loop.run(stop.signal);
  expect([loop.name, seen]).toEqual(['look', [...answers]]);
  expect(performance.now() - startedMs).toBeGreaterThan(25);
});

it('ends in the middle of a pause, and leaves what fails to whoever runs it', async () => {
  const stop = new AbortController();
  const resting = everySoOften('look', 3_600_000, () => Promise.resolve()).run(stop.signal);
  stop.abort();
  await resting;
  const failing = everySoOften('look', 10, () => Promise.reject(new Error('away')));
  await expect(failing.run(new AbortController().signal)).rejects.toThrow('away');
});
