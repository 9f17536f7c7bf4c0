import type { ChannelView } from '../judging/copies';
import { departures, type Departures } from './departures';

/** Names of the scopes below the sender that a message is paced by, each with its limit. */
export interface PacedScope {
  readonly key: string;
  readonly limits: readonly Departures[];
}

/** What of a row in `due` says how it is paced. */
export interface PacedRow {
  readonly channel_id: string;
  readonly pace_key: string | null;
  readonly pace_per_second: number | null;
}

/** The rates that channels set and batches named. Only the scope that is used up waits. */
export interface ScopedPaces {
  set(channels: readonly Pick<ChannelView, 'channelId' | 'settings'>[]): void;
  of(row: PacedRow): PacedScope;
  /** What has no room for anything that could leave by then. */
  exhausted(byMs: number): { readonly channels: string[]; readonly batches: string[] };
  /** Forgets the batches of which nothing was seen for long. */
  sweep(nowMs: number): void;
}

const batchKeptMs = 600_000;

/**
 * `heldByAnotherUntilMs`: when the sender came over from another process, which may have used up every scope at that
 * moment. A scope that is first seen later than its window after that was surely at rest.
 */
export function scopedPaces(monotonicMs: () => number, heldByAnotherUntilMs?: number): ScopedPaces {
  const channels = new Map<string, Departures>();
  const batches = new Map<string, { readonly limit: Departures; perSecond: number; seenAtMs: number }>();
  const open = (perSecond: number): Departures => departures(perSecond, heldByAnotherUntilMs);
  const batchOf = (key: string, perSecond: number): Departures => {
    const seenAtMs = monotonicMs();
    const known = batches.get(key);
    if (known === undefined) {
      const limit = open(perSecond);
      batches.set(key, { limit, perSecond, seenAtMs });
      return limit;
    }
    known.seenAtMs = seenAtMs;
    if (known.perSecond !== perSecond) known.limit.setLimit((known.perSecond = perSecond));
    return known.limit;
  };
  const full = (limits: Iterable<readonly [string, Departures]>, byMs: number): string[] =>
    [...limits].flatMap(([key, limit]) => (limit.room(byMs) < 1 ? [key] : []));
  return {
    set(views) {
      for (const { channelId, settings } of views) {
        const limit = channels.get(channelId);
        if (settings.ratePerSecond === undefined) channels.delete(channelId);
        else if (limit === undefined) channels.set(channelId, open(settings.ratePerSecond));
        else limit.setLimit(settings.ratePerSecond);
      }
    },
    of({ channel_id: channelId, pace_key: key, pace_per_second: perSecond }) {
      const limits: Departures[] = [];
      const names: string[] = [];
      const channel = channels.get(channelId);
      if (channel !== undefined) {
        limits.push(channel);
        names.push(channelId);
      }
      if (key !== null && perSecond !== null) {
        limits.push(batchOf(key, perSecond));
        names.push(key);
      }
      return { key: names.join(' '), limits };
    },
    exhausted: (byMs) => ({
      channels: full(channels, byMs),
      batches: full(
        [...batches].map(([key, { limit }]) => [key, limit] as const),
        byMs,
      ),
    }),
    sweep(nowMs) {
      for (const [key, { seenAtMs }] of batches) if (seenAtMs + batchKeptMs <= nowMs) batches.delete(key);
    },
  };
}
