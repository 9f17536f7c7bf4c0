import fc from 'fast-check';
import { pairBurst, pairIntervalMs, pairPace, savedSeconds, tokenBucket } from './pace';

const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 300 });
const instants = (waits: readonly number[]): number[] => {
  let now = 0;
  return waits.map((wait) => (now += wait));
};
/** The most of these times that lie in any half-open window. */
const busiest = (times: readonly number[], windowMs: number): number =>
  Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + windowMs).length));

describe('a token bucket', () => {
  it('starts empty', () => {
    expect(tokenBucket(1_000, 0).available(0)).toBe(0);
  });

  it('never gives more than its rate and what it may save up', () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 1_000 }), (waits, rate) => {
        const bucket = tokenBucket(rate, 0);
        const taken: { at: number; count: number }[] = [];
        for (const at of instants(waits)) {
          const count = bucket.available(at);
          bucket.take(count, at);
          taken.push({ at, count });
        }
        taken.forEach((from, first) => {
          const until = taken.slice(first);
          const sum = until.reduce((total, { count }) => total + count, 0);
          const seconds = (until.at(-1)!.at - from.at) / 1000;
          expect(sum).toBeLessThanOrEqual(Math.max(1, rate * savedSeconds) + rate * seconds + 1e-6);
        });
      }),
    );
  });

  it('loses nothing to rounding: asked often, it gives its whole rate', () => {
    const bucket = tokenBucket(80, 0);
    let given = 0;
    for (let now = 0; now <= 10_000; now += 7) {
      const count = bucket.available(now);
      bucket.take(count, now);
      given += count;
    }
    expect(given).toBeGreaterThanOrEqual(799);
  });

  it('ignores a clock that stands or goes back', () => {
    const bucket = tokenBucket(100, 1_000);
    expect(bucket.available(500)).toBe(0);
    expect(bucket.available(1_050)).toBe(5);
  });
});

describe('the pace of a pair', () => {
  it('allows 45 at once, then nothing until they are paid for at one in six seconds', () => {
    const pairs = pairPace();
    for (let count = 0; count < pairBurst; count++) {
      expect(pairs.waitMs('p', 10)).toBe(0);
      pairs.left('p', 10);
    }
    expect(pairs.waitMs('p', 10)).toBe(pairBurst * pairIntervalMs);
    expect(pairs.waitMs('q', 10)).toBe(0);
    expect(pairs.waitMs('p', 10 + pairBurst * pairIntervalMs)).toBe(0);
  });

  it('never lets more than 45 go in six seconds, nor more than ten a minute beyond one burst', () => {
    fc.assert(
      fc.property(gaps, (waits) => {
        const pairs = pairPace();
        const left: number[] = [];
        for (const now of instants(waits.map((gap) => gap * 20))) {
          while (pairs.waitMs('p', now) === 0 && left.length < 2_000) {
            pairs.left('p', now);
            left.push(now);
          }
        }
        expect(busiest(left, pairIntervalMs)).toBeLessThanOrEqual(pairBurst);
        expect(busiest(left, 600_000)).toBeLessThanOrEqual(100 + pairBurst);
      }),
      { numRuns: 30 },
    );
  });

  it('takes back what never left, and forgets who is free again', () => {
    const pairs = pairPace();
    pairs.left('p', 0);
    pairs.giveBack('p');
    expect(pairs.waitMs('p', 1)).toBe(0);
    pairs.left('q', 0);
    pairs.sweep(pairIntervalMs);
    expect(pairs.waitMs('q', pairIntervalMs)).toBe(0);
  });
});
