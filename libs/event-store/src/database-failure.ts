import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '@postrider/decider';

/** Classes and codes of SQLSTATE that say the server, not the statement, is at fault, or that chance was. */
const passing = /^(08|53|57P|40001|40P01|57014|25006|25P03)/;
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** What pg says without a code. */
const words =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|connection error|not queryable/i;

/** Whether the same statement may succeed a moment later: the connection broke, the server is down or turned it away. */
export function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return passing.test(code) || network.has(code);
  return typeof message === 'string' && words.test(message);
}

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
      if (!isPassing(error)) throw error;
      const pauseMs = Math.min(10 * 2 ** tries, 250);
      if (performance.now() + pauseMs > deadline) throw unavailable(error);
      await delay(pauseMs);
    }
  }
}
