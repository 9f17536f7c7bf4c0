import type { ChannelView } from '../judging/copies';
import { tokenBucket, type Bucket } from './pace';

/** The rates that channels of a sender set themselves. Only the channel that is used up waits. */
export interface ChannelRates {
  set(channels: readonly Pick<ChannelView, 'channelId' | 'settings'>[]): void;
  exhausted(): string[];
  /** As many of these as their channels allow, and takes them. */
  take<Row extends { readonly channel_id: string }>(rows: readonly Row[]): Row[];
}

export function channelRates(monotonicMs: () => number): ChannelRates {
  const buckets = new Map<string, Bucket>();
  return {
    set(channels) {
      const now = monotonicMs();
      for (const { channelId, settings } of channels) {
        const bucket = buckets.get(channelId);
        if (settings.ratePerSecond === undefined) buckets.delete(channelId);
        else if (bucket === undefined) buckets.set(channelId, tokenBucket(settings.ratePerSecond, now));
        else bucket.setRate(settings.ratePerSecond, now);
      }
    },
    exhausted() {
      const now = monotonicMs();
      return [...buckets].flatMap(([channelId, bucket]) => (bucket.available(now) < 1 ? [channelId] : []));
    },
    take(rows) {
      const now = monotonicMs();
      return rows.filter(({ channel_id: channelId }) => {
        const bucket = buckets.get(channelId);
        if (bucket === undefined) return true;
        if (bucket.available(now) < 1) return false;
        bucket.take(1, now);
        return true;
      });
    },
  };
}
