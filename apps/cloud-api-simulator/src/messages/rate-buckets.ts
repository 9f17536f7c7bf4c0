/** A bucket that refills with time. `level` is what was left at `atMs`. */
interface Bucket {
  level: number;
  atMs: number;
}

export interface RateBuckets {
  /** Takes one from the number's throughput, false when it is used up. */
  takeThroughput(phoneNumberId: string, perSecond: number, nowMs: number): boolean;
  /** Takes one from a pair's allowance, false when it is used up. */
  takePair(pair: string, nowMs: number): boolean;
  clear(): void;
}

/** One message per six seconds to the same user, with up to 45 borrowed from the future. */
const pairBurst = 45;
const pairRefillMs = 6_000;

export function rateBuckets(): RateBuckets {
  const numbers = new Map<string, Bucket>();
  const pairs = new Map<string, Bucket>();

  const take = (
    buckets: Map<string, Bucket>,
    key: string,
    capacity: number,
    refillMs: number,
    nowMs: number,
  ): boolean => {
    const bucket = buckets.get(key) ?? { level: capacity, atMs: nowMs };
    bucket.level = Math.min(capacity, bucket.level + Math.max(0, nowMs - bucket.atMs) / refillMs);
    bucket.atMs = nowMs;
    buckets.set(key, bucket);
    if (bucket.level < 1) return false;
    bucket.level -= 1;
    return true;
  };

  return {
    takeThroughput: (id, perSecond, nowMs) => take(numbers, id, perSecond, 1000 / perSecond, nowMs),
    takePair(pair, nowMs) {
      if (pairs.size > 50_000) dropRefilled(pairs, nowMs);
      return take(pairs, pair, pairBurst, pairRefillMs, nowMs);
    },
    clear() {
      numbers.clear();
      pairs.clear();
    },
  };
}

/** A full bucket says the same as no bucket. */
function dropRefilled(pairs: Map<string, Bucket>, nowMs: number): void {
  for (const [pair, bucket] of pairs) {
    if (bucket.level + (nowMs - bucket.atMs) / pairRefillMs >= pairBurst) pairs.delete(pair);
  }
  // Still this many within the last minutes: forget the oldest rather than grow without bound.
  for (const pair of pairs.keys()) {
    if (pairs.size <= 40_000) break;
    pairs.delete(pair);
  }
}
