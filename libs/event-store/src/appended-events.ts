import type { EventMeta, RecordedEvent } from '@postrider/event-contracts';
import type { AppendVerdict } from './event-log';
import { fromJsonb } from './jsonb-text';
import { storedPart } from './personal-parts/personal-parts';
import type { SealedAppend, SealedEvent } from './sealed-append';
import type { Growth } from './signals';
import { fromWireType } from './wire-types';

/** Where an event came to stand. */
type Standing = Pick<RecordedEvent, 'shard' | 'position' | 'streamVersion'>;

/** An event as whoever reads it back gets it. */
export function eventOf(append: SealedAppend, event: SealedEvent, standing: Standing): RecordedEvent {
  const meta = fromJsonb(append.meta) as Omit<EventMeta, 'workspaceId'> & { orderingKey: string };
  return {
    id: event.id,
    ...fromWireType(event.type),
    streamId: append.streamId,
    ...standing,
    at: new Date(event.at),
    workspaceId: append.workspaceId.toLowerCase(),
    ...meta,
    data: fromJsonb(event.data),
    ...storedPart(event.personal),
  };
}

/** Whether an append that is in is in with all of its events, or perhaps only with those that were not there before. */
const isWhole = ({ expected, unseen, events }: SealedAppend): boolean =>
  expected !== null || unseen || events.length === 1;

/**
 * The events of a batch that is in, so that whoever follows the log need not read back what this process has written.
 * Undefined where the verdicts do not say which events are new.
 */
export function appendedEvents(
  appends: readonly SealedAppend[],
  verdicts: readonly (AppendVerdict | Error)[],
): Growth | undefined {
  const written: { append: SealedAppend; verdict: AppendVerdict }[] = [];
  for (const [at, verdict] of verdicts.entries()) {
    const append = appends[at]!;
    if (verdict instanceof Error || verdict.status !== 'ok') continue;
    if (!isWhole(append)) return undefined;
    written.push({ append, verdict });
  }
  let events: RecordedEvent[] | undefined;
  return () =>
    (events ??= written.flatMap(({ append, verdict: { shard, position, streamVersion } }) =>
      append.events.map((event, at) => {
        const before = append.events.length - 1 - at;
        return eventOf(append, event, {
          shard,
          position: position - before,
          streamVersion: streamVersion - before,
        });
      }),
    ));
}
