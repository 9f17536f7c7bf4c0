import { v7 } from 'uuid';
import type { StreamAppend } from './event-log';
import { partContext, partText, subjectsOf, type PartOwners, type Sealer } from './personal-parts/personal-parts';
import { toJsonb } from './jsonb-text';
import { toWireType } from './wire-types';

/** An event as it will stand in its row. */
export interface SealedEvent {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly data: string;
  readonly personal: Buffer | null;
}

/** An append to one stream, ready to be written as often as it takes: ids are fixed, texts are made. */
export interface SealedAppend {
  readonly streamId: string;
  /** null: any. 0: the stream must not exist. */
  readonly expected: number | null;
  readonly workspaceId: string;
  readonly orderingKey: string;
  readonly meta: string;
  readonly events: readonly SealedEvent[];
  /** No event of it can have been there before: its ids were made here. */
  readonly unseen: boolean;
}

/** Throws where the append cannot be written down at all: no events, no date, a cycle in the data. */
export function seal(service: string, append: StreamAppend, sealer?: Sealer): SealedAppend {
  if (append.events.length === 0) throw new Error(`an append to stream ${append.streamId} holds no events`);
  const { workspaceId, ...meta } = append.meta;
  const events = new Map<string, SealedEvent>();
  for (const event of append.events) {
    const id = event.id?.toLowerCase() ?? v7();
    // The same fact twice in one append is one event.
    if (events.has(id)) continue;
    events.set(id, {
      id,
      type: toWireType(service, event.type, event.typeVersion ?? 1),
      at: event.at.toISOString(),
      data: toJsonb(event.data),
      personal: event.personal === undefined ? null : partOf(append, id, event.personal, sealer),
    });
  }
  const { expectedVersion } = append;
  return {
    streamId: append.streamId.toLowerCase(),
    expected: expectedVersion === 'any' ? null : expectedVersion === 'none' ? 0 : expectedVersion,
    workspaceId,
    orderingKey: append.orderingKey,
    meta: toJsonb({ ...meta, orderingKey: append.orderingKey }),
    events: [...events.values()],
    unseen: append.events.every((event) => event.id === undefined),
  };
}

/** Whom the personal parts of an append concern. */
export const ownersOf = ({
  meta,
  orderingKey,
  sealedFor,
}: Pick<StreamAppend, 'meta' | 'orderingKey' | 'sealedFor'>): PartOwners => ({
  workspaceId: meta.workspaceId,
  subjects: subjectsOf({ aliasKeys: sealedFor ?? meta.aliasKeys, orderingKey }),
});

function partOf(append: StreamAppend, eventId: string, part: unknown, sealer: Sealer | undefined): Buffer {
  const { workspaceId } = append.meta;
  return sealer ? sealer(ownersOf(append), partContext({ workspaceId, id: eventId }), partText(part)) : partText(part);
}
