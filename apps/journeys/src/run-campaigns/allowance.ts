import type { Clock } from '@postrider/decider';

/** How many messages each campaign may hand over now, at its own rate; starts with a second's worth at most. */
export function allowances(clock: Pick<Clock, 'monotonicMs'>) {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    /** Whole messages that may go now; unlimited where there is no rate. */
    of(campaignId: string, ratePerSecond: number | undefined): number {
      if (ratePerSecond === undefined) return Infinity;
      const atMs = clock.monotonicMs();
      const before = buckets.get(campaignId) ?? { tokens: 1, atMs };
      const grown = before.tokens + ((atMs - before.atMs) / 1000) * ratePerSecond;
      const tokens = Math.min(grown, Math.max(1, ratePerSecond));
      buckets.set(campaignId, { tokens, atMs });
      return Math.floor(tokens);
    },
    spend(campaignId: string, count: number): void {
      const bucket = buckets.get(campaignId);
      if (bucket) buckets.set(campaignId, { ...bucket, tokens: bucket.tokens - count });
    },
    forget(campaignId: string): void {
      buckets.delete(campaignId);
    },
  };
}
