import { isRefusal, type Clock, type Decider, type DomainEvent, type Outcome, type Refusal } from '@postrider/decider';
import type { RecordedEvent } from '@postrider/event-contracts';
import { changeStream, type EventLog, type StreamChanged } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { unavailable, type Caller, type ReaderProgress } from '@postrider/service-host';
import { configuredReader } from '../views/configured.projection';

/** Who changes something, and because of what. */
export interface By {
  readonly workspaceId: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  /** The event that is reacted to: the ids of what follows are made from it, so that reacting twice is once. */
  readonly reaction?: { readonly eventId: string; readonly name: string };
}

/** A caller of a route. */
export const askedBy = ({ workspaceId, actor, correlationId, traceparent }: Caller): By => ({
  workspaceId,
  actor,
  correlationId,
  traceparent,
});

/** A service's own doing, such as the periodic look at Meta. */
export const ourselves = (workspaceId: string, correlationId: string): By => ({
  workspaceId,
  correlationId,
  actor: 'service:configuration',
});

/** What follows from an event that was heard. */
export const reactingTo = (event: RecordedEvent, name: string): By => ({
  ...ourselves(event.workspaceId, event.correlationId),
  causationId: event.id,
  traceparent: event.traceparent,
  reaction: { eventId: event.id, name },
});

export interface Changing {
  /** Decides on one stream and appends what follows. */
  change<State, Event extends DomainEvent, Code extends string>(
    by: By,
    streamId: string,
    decider: Decider<State, Event>,
    decide: (state: State) => Outcome<Event, Code>,
  ): Promise<Refusal<Code> | StreamChanged<Event>>;
  /** Waits until our own views have the changes, so that the caller's next call finds them. */
  shown(changes: readonly (Refusal | StreamChanged<unknown>)[], readers?: readonly string[]): Promise<void>;
}

export const Changing = Symbol('Changing');

const shownWithinMs = 1_000;

export function changing(deps: { log: EventLog; clock: Clock; readers: ReaderProgress }): Changing {
  const { log, clock, readers } = deps;
  return {
    change(by, streamId, decider, decide) {
      const { reaction, ...meta } = by;
      const stream = { streamId, orderingKey: streamId, meta: { ...meta, aliasKeys: [] } };
      const eventId = (_event: DomainEvent, index: number): string =>
        derivedId.reaction(reaction?.eventId ?? '', `${reaction?.name}:${streamId}:${index}`);
      return changeStream(log, clock, reaction ? { ...stream, eventId } : stream, decider, decide);
    },
    async shown(changes, shownBy = [configuredReader]) {
      const positions = changes.filter((change) => !isRefusal(change)) as StreamChanged<unknown>[];
      if (positions.length === 0) return;
      const reached = await Promise.all(
        shownBy.map((reader) => readers.reached(reader, 'configuration', positions, shownWithinMs)),
      );
      if (reached.every(Boolean)) return;
      throw unavailable('What was changed is kept, but cannot be shown yet.');
    },
  };
}
