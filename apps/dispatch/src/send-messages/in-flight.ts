/**
 * How many requests may be under way at once. While answers come soon it grows with each, as fast as a connection's
 * window does; when they come late it shrinks, so that a Meta, a network or a machine that is slower than our rate makes
 * messages wait here, where they are safe, and not time out on the way, where nobody knows what became of them.
 */
export interface InFlight {
  most(): number;
  answered(tookMs: number, nowMs: number): void;
}

export const inFlightAtFirst = 64;
const inFlightLeast = 8;
const inFlightMost = 1_000;
const shrinkage = 0.6;
/** What was under way together is late together, and counts once. */
const shrinkEveryMs = 1_000;

export function inFlight(timeoutMs: number): InFlight {
  const lateMs = timeoutMs / 4;
  let most = inFlightAtFirst;
  let shrunkAtMs = Number.NEGATIVE_INFINITY;
  return {
    most: () => Math.floor(most),
    answered(tookMs, nowMs) {
      if (tookMs <= lateMs) most = Math.min(inFlightMost, most + 1);
      else if (nowMs - shrunkAtMs >= shrinkEveryMs) {
        most = Math.max(inFlightLeast, most * shrinkage);
        shrunkAtMs = nowMs;
      }
    },
  };
}
