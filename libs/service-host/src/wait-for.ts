import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

const everyMs = 1_000;
const sayEveryMs = 10_000;

/** Asks until it is there, saying so now and then; throws what `signal` aborts with. */
export async function waitFor(
  what: string,
  probe: () => Promise<unknown>,
  on: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  for (let saidAt = -Infinity; ;) {
    on.signal.throwIfAborted();
    try {
      await probe();
      if (saidAt !== -Infinity) on.logger.info({ waitedFor: what }, `the ${what} is there`);
      return;
    } catch (error) {
      if (performance.now() - saidAt >= sayEveryMs) {
        saidAt = performance.now();
        on.logger.warn({ reason: reasonOf(error) }, `waiting for the ${what}, which cannot be reached`);
      }
      await pause(everyMs, undefined, { signal: on.signal }).catch(() => undefined);
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
