import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '@postrider/decider';
import { isPassingFailure } from './passing-failure';

/** The Fault for a database that cannot be reached. */
export function unavailable(cause: unknown): Fault {
  const reason =
    cause instanceof AggregateError ? cause.errors.map(String).join(', ') : String((cause as Error)?.message ?? cause);
  return new Fault({
    code: 'unavailable',
    message: `the event log's database cannot be reached: ${reason}`,
    publicText: 'The service cannot reach its database; try again soon.',
    retryable: true,
    cause,
  });
}

/**
 * Tries again what failed in passing, with growing pauses, and gives up with the Fault `unavailable` after `patienceMs`.
 * Only for what may be done twice.
 */
export async function withPatience<T>(patienceMs: number, attempt: (tries: number) => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let tries = 0; ; tries++) {
    try {
      return await attempt(tries);
    } catch (error) {
      if (!isPassingFailure(error)) throw error;
      const pauseMs = Math.min(10 * 2 ** tries, 250);
      if (performance.now() + pauseMs > deadline) throw unavailable(error);
      await delay(pauseMs);
    }
  }
}
