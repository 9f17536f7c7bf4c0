import { setTimeout as delay } from 'node:timers/promises';

/** Slow machines make everything late alike: `TEST_PATIENCE=4` waits four times as long. */
export const patience = Number(process.env.TEST_PATIENCE ?? 1);

/** Calls `fn` until it neither throws nor answers false; gives its answer. Fails with its last error when time is up. */
export async function eventually<T>(
  fn: () => T | false | Promise<T | false>,
  { withinMs = 5_000, everyMs = 20 }: { withinMs?: number; everyMs?: number } = {},
): Promise<Exclude<T, false>> {
  const end = performance.now() + withinMs * patience;
  for (;;) {
    let failure: unknown;
    try {
      const answer = await fn();
      if (answer !== false) return answer as Exclude<T, false>;
      failure = new Error('it stayed false');
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= end) {
      const reason = failure instanceof Error ? failure.message : String(failure);
      throw new Error(`not so within ${withinMs * patience} ms: ${reason}`, { cause: failure });
    }
    await delay(everyMs);
  }
}
