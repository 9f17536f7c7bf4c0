/** All times are milliseconds of a clock that never goes back. */

export interface Bucket {
  /** Whole messages that may leave now. */
  available(nowMs: number): number;
  take(count: number, nowMs: number): void;
  /** What was taken and surely never left. */
  giveBack(count: number): void;
  setRate(perSecond: number, nowMs: number): void;
}

/** What is saved up at most; `departures` keeps the limit of any second whatever was saved. */
export const savedSeconds = 0.25;

/** Starts empty, so that whoever takes a sender over adds nothing to what the last one has just sent. */
export function tokenBucket(perSecond: number, nowMs: number): Bucket {
  let rate = perSecond;
  let tokens = 0;
  let at = nowMs;
  const refill = (now: number): void => {
    tokens = Math.min(Math.max(1, rate * savedSeconds), tokens + (Math.max(0, now - at) * rate) / 1000);
    at = Math.max(at, now);
  };
  return {
    available(now) {
      refill(now);
      return Math.max(0, Math.floor(tokens + 1e-9));
    },
    take(count, now) {
      refill(now);
      tokens -= count;
    },
    giveBack(count) {
      tokens += count;
    },
    setRate(next, now) {
      refill(now);
      rate = next;
    },
  };
}

/**
 * Meta's limit for one sender to one person: one message in 6 seconds, and up to 45 within 6 seconds on credit, which is
 * paid back by silence (https://developers.facebook.com/docs/whatsapp/cloud-api/overview, pair rate limit; 131056).
 */
export const pairIntervalMs = 6_000;
export const pairBurst = 45;

export interface Pairs {
  /** 0 where a message to this person may leave now, else how long to wait. */
  waitMs(pair: string, nowMs: number): number;
  left(pair: string, nowMs: number): void;
  giveBack(pair: string): void;
  /** Forgets who may be written to freely. */
  sweep(nowMs: number): void;
}

interface PairState {
  /** When everything sent so far is paid for. */
  paidAtMs: number;
  burstFromMs: number;
  burstCount: number;
}

export function pairPace(): Pairs {
  const pairs = new Map<string, PairState>();
  const waitMs = (pair: string, now: number): number => {
    const state = pairs.get(pair);
    if (state === undefined || now >= state.paidAtMs) return 0;
    const inBurst = now < state.burstFromMs + pairIntervalMs && state.burstCount < pairBurst;
    return inBurst ? 0 : state.paidAtMs - now;
  };
  return {
    waitMs,
    left(pair, now) {
      const state = pairs.get(pair);
      if (state === undefined || now >= state.paidAtMs) {
        pairs.set(pair, { paidAtMs: now + pairIntervalMs, burstFromMs: now, burstCount: 1 });
        return;
      }
      state.paidAtMs += pairIntervalMs;
      state.burstCount++;
    },
    giveBack(pair) {
      const state = pairs.get(pair);
      if (state === undefined) return;
      state.paidAtMs -= pairIntervalMs;
      state.burstCount--;
    },
    sweep(now) {
      for (const [pair, state] of pairs) if (now >= state.paidAtMs) pairs.delete(pair);
    },
  };
}
