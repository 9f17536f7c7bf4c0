import type { Clock } from '@postrider/decider';

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  advance(ms: number): void;
  set(to: Date | string): void;
}

/** A clock for specs and stories; both its times move together. */
export function testClock(start: Date | string = '2026-01-15T12:00:00.000Z'): TestClock {
  let now = new Date(start).getTime();
  let monotonic = 0;
  return {
    now: () => new Date(now),
    monotonicMs: () => monotonic,
    advance(ms) {
      now += ms;
      monotonic += ms;
    },
    set(to) {
      const target = new Date(to).getTime();
      monotonic += Math.max(0, target - now);
      now = target;
    },
  };
}
