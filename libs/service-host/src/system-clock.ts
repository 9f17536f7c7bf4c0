import type { Clock } from '@postrider/decider';

/** The machine's time. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};
