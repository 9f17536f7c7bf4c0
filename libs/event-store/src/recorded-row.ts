import type { EventMeta, RecordedEvent } from '@postrider/event-contracts';
import { fromJsonb } from './jsonb-text';
import { storedPart } from './personal-parts/personal-parts';
import { fromWireType } from './wire-types';

/** A row of log.event; jsonb columns as text. */
export interface RecordedRow {
  readonly shard: number;
  readonly pos: string | number;
  readonly stream_id: string;
  readonly version: number;
  readonly event_id: string;
  readonly workspace_id: string;
  readonly type: string;
  readonly at: Date;
  readonly data: string;
  readonly personal: Buffer | null;
  readonly meta: string;
}

/** The columns that `recorded` needs, for the reading statements. */
export const recordedColumns =
  'shard, pos, stream_id, version, event_id, workspace_id, type, at, data::text as data, personal, meta::text as meta';

/** The event that a row holds. */
export function recorded(row: RecordedRow): RecordedEvent {
  const { orderingKey, ...meta } = fromJsonb(row.meta) as Omit<EventMeta, 'workspaceId'> & { orderingKey: string };
  return {
    id: row.event_id,
    ...fromWireType(row.type),
    streamId: row.stream_id,
    streamVersion: row.version,
    shard: row.shard,
    position: Number(row.pos),
    orderingKey,
    at: row.at,
    workspaceId: row.workspace_id,
    ...meta,
    data: fromJsonb(row.data),
    ...storedPart(row.personal),
  };
}

/** Sorted into their streams. */
export function byStream(events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const stream = streams.get(event.streamId);
    if (stream) stream.push(event);
    else streams.set(event.streamId, [event]);
  }
  return streams;
}

/** The events themselves; throws where a position is missing, which no reader may step over. */
export function dense(events: RecordedEvent[], service: string, shard: number, after: number): RecordedEvent[] {
  events.forEach(({ position }, at) => {
    if (position !== after + 1 + at) {
      throw new Error(
        `a hole in shard ${shard} of ${service}: position ${after + 1 + at} is missing before ${position}`,
      );
    }
  });
  return events;
}
