import { Dropped } from './set-backs';
import { setTimeout as pause } from 'node:timers/promises';

/** Doubling waits with a jitter of a fifth, from `firstMs` up to `mostMs`. */
export function backoffMs(attempt: number, firstMs: number, mostMs: number): number {
  return Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 20)) * (0.9 + Math.random() * 0.2);
}

const heartbeatEveryMs = 1_000;

/** Waits in place while telling the transport that work goes on. Throws `Dropped` once the work is no longer ours. */
export async function waitInPlace(
  ms: number,
  hold: { alive(): boolean; heartbeat(): Promise<void>; signal: AbortSignal },
): Promise<void> {
  for (let left = ms; left > 0; left -= heartbeatEveryMs) {
    await pause(Math.min(left, heartbeatEveryMs), undefined, { signal: hold.signal }).catch(() => undefined);
    if (hold.signal.aborted || !hold.alive()) throw new Dropped('the shard is no longer ours');
    await hold.heartbeat();
  }
}

/** Waits, or returns early when the signal aborts. */
export async function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}
