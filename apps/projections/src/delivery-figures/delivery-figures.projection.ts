import { dimensionsOf, type Dimensions } from '../message/dimensions';
import { bucketOf, type Bucket } from '../message/message-row';
import { stateOf } from '../message/message-state';
import type { MessageView } from '../message/message-view';

export const counters = [
  'targeted',
  'pending',
  'held',
  'unknown',
  'sent',
  'delivered',
  'read',
  'failed',
  'refused',
  'cancelled',
  'expired',
] as const;
export type Counter = (typeof counters)[number];
export type Counts = Readonly<Partial<Record<Counter, number>>>;

/** What one message adds: itself, its one bucket, and how far a sent one came (`sent` ⊇ `delivered` ⊇ `read`). */
export function countsOf(view: MessageView): Counts {
  const state = stateOf(view);
  if (state === undefined) return {};
  const bucket: Bucket = bucketOf(state);
  return {
    targeted: 1,
    [bucket]: 1,
    ...(state === 'delivered' || state === 'read' ? { delivered: 1 } : {}),
    ...(state === 'read' ? { read: 1 } : {}),
  };
}

export type Delta = Dimensions & Readonly<Record<Counter, number>>;

/** How the counters move when messages change, one row for each set of dimensions, in one order for all writers. */
export function deltasOf(
  changes: readonly { workspaceId: string; before: MessageView; after: MessageView }[],
): Delta[] {
  const deltas = new Map<string, Record<string, unknown>>();
  for (const { workspaceId, before, after } of changes)
    for (const [view, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      const dimensions = dimensionsOf(workspaceId, view);
      if (dimensions === undefined) continue;
      const key = JSON.stringify(dimensions);
      const delta = deltas.get(key) ?? { ...dimensions, ...Object.fromEntries(counters.map((name) => [name, 0])) };
      for (const [name, count] of Object.entries(countsOf(view))) delta[name] = (delta[name] as number) + sign * count;
      deltas.set(key, delta);
    }
  return [...deltas.entries()]
    .filter(([, delta]) => counters.some((name) => delta[name] !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, delta]) => delta as unknown as Delta);
}
