import { Fault } from '@postrider/decider';
import type { ReaderProgress } from './service-definition';

/** Readers start after the service is composed, so what a service holds is filled in later. */
export function lateProgress(): { progress: ReaderProgress; set(to: ReaderProgress): void } {
  let current: ReaderProgress | undefined;
  const now = (): ReaderProgress => {
    if (current) return current;
    throw new Fault({
      code: 'unavailable',
      message: 'the readers have not started yet',
      publicText: 'The service is starting.',
      retryable: true,
    });
  };
  return {
    progress: {
      reached: async (...asked) => now().reached(...asked),
      caughtUp: async (...asked) => now().caughtUp(...asked),
    },
    set(to) {
      current = to;
    },
  };
}
