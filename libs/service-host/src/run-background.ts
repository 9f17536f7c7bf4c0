import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Background } from './service-definition';

const pauseMs = 1_000;

/** Keeps every loop going until the stop; one that throws is logged and run again after a pause. */
export function runBackground(
  loops: readonly Background[],
  logger: Logger,
): { close(deadlineMs: number): Promise<void> } {
  const stop = new AbortController();
  const running = loops.map((loop) => keepGoing(loop, stop.signal, logger));
  return {
    async close(deadlineMs) {
      stop.abort();
      const late = new AbortController();
      const deadline = pause(deadlineMs, 'late' as const, { signal: late.signal }).catch(() => 'done' as const);
      if ((await Promise.race([Promise.all(running), deadline])) === 'late')
        logger.warn({ loops: loops.map(({ name }) => name) }, 'background work did not stop within the deadline');
      late.abort();
    },
  };
}

async function keepGoing(loop: Background, signal: AbortSignal, logger: Logger): Promise<void> {
  while (!signal.aborted) {
    try {
      await loop.run(signal);
      return;
    } catch (error) {
      if (signal.aborted) return;
      logger.error({ err: error, loop: loop.name }, 'background work failed and is run again');
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
