import fc from 'fast-check';
import { claimAll, departures, departureWindowMs, type Departure, type Departures } from './departures';

/** The most of these times that lie in any window of a second, wherever it begins. */
const busiest = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length));

const letOneGo = (limit: Departures, nowMs: number): void => {
  const departure = limit.claim();
  departure.letGo();
  departure.left(nowMs);
};

/** What may happen, in any order: time passes, one is claimed, one is let go, one that is on its way leaves or never does. */
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 300 }) }),
    fc.record({ do: fc.constant('claim' as const), aheadMs: fc.integer({ min: 0, max: 150 }) }),
    fc.record({ do: fc.constantFrom('go' as const, 'leave' as const, 'drop' as const), which: fc.nat() }),
  ),
  { minLength: 20, maxLength: 400 },
);

describe('departures', () => {
  it('never exceed any limit in any window of a second, however long each takes to leave, nor hold back more than they must', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (taken, one, other) => {
        const limits = [departures(one), departures(other)];
        const lowest = Math.min(one, other);
        const waiting: Departure[] = [];
        const onTheWay: Departure[] = [];
        const left: number[] = [];
        let now = 0;
        for (const step of taken) {
          if (step.do === 'pass') now += step.ms;
          else if (step.do === 'claim') {
            if (limits.every((limit) => limit.room(now + step.aheadMs) > 0)) waiting.push(claimAll(limits));
          } else if (step.do === 'go') {
            const waitMs = Math.max(...limits.map((limit) => limit.waitMs(now)));
            const counting = left.filter((at) => at + departureWindowMs > now).length + onTheWay.length;
            // No limit is kept by idling: whoever must wait finds one of them used up to the last.
            expect(waitMs > 0).toBe(counting >= lowest);
            const next = waitMs > 0 ? undefined : waiting.shift();
            next?.letGo();
            if (next) onTheWay.push(next);
          } else {
            const [gone] = onTheWay.splice(step.which % Math.max(1, onTheWay.length), 1);
            if (step.do === 'leave' && gone) left.push(now);
            if (step.do === 'leave') gone?.left(now);
            gone?.end();
          }
        }
        expect(busiest(left)).toBeLessThanOrEqual(lowest);
      }),
      { numRuns: 300 },
    );
  });

  it('stay within the limit while it changes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(120), fc.option(fc.integer({ min: 1, max: 20 }), { freq: 20 }))),
        (turns) => {
          const limit = departures(20);
          const left: number[] = [];
          let now = 0;
          for (const [gap, changed] of turns) {
            now += gap;
            if (changed !== null) limit.setLimit(changed);
            for (; limit.waitMs(now) === 0; left.push(now)) letOneGo(limit, now);
          }
          expect(busiest(left)).toBeLessThanOrEqual(20);
        },
      ),
    );
  });

  it.each([
    [20, 60_000, 1_190],
    [1_000, 10_000, 9_900],
    [0.5, 60_000, 29],
    [2.5, 60_000, 148],
  ])('at %d a second reach it but for two in a hundred', (perSecond, forMs, least) => {
    const limit = departures(perSecond);
    let count = 0;
    for (let now = 0; now < forMs; now += 1) for (; limit.waitMs(now) === 0; count++) letOneGo(limit, now);
    expect(count).toBeGreaterThanOrEqual(least);
    expect(count).toBeLessThanOrEqual((perSecond * forMs) / 1_000 + Math.max(1, perSecond));
  });

  it('count one that is on its way until it leaves, and from then on for a window', () => {
    const limit = departures(1);
    const slow = limit.claim();
    expect(limit.room(0)).toBe(0);
    slow.letGo();
    expect(limit.waitMs(5_000)).toBe(Infinity);
    slow.left(5_000);
    slow.end();
    expect(limit.waitMs(5_000)).toBe(departureWindowMs);
    expect(limit.room(5_000 + departureWindowMs)).toBe(1);
  });

  it('give the room back of one that never leaves', () => {
    const limit = departures(1);
    const dropped = limit.claim();
    dropped.end();
    dropped.end();
    expect([limit.room(0), limit.waitMs(0)]).toEqual([1, 0]);
  });

  it('of a scope that another held take it for used up at that moment', () => {
    const limit = departures(5, 100);
    expect(limit.waitMs(100)).toBe(departureWindowMs);
    expect(limit.room(100 + departureWindowMs)).toBe(5);
  });
});
