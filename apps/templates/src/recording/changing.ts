import { isRefusal, type Clock, type DomainEvent, type Outcome, type Refusal } from '@postrider/decider';
import type { RecordedEvent } from '@postrider/event-contracts';
import { changeStream, type EventLog, type StreamChanged } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { unavailable, type Caller, type ReaderProgress } from '@postrider/service-host';
import { template, type TemplateEvent, type TemplateState } from '../template/template.decider';
import { templatesReader } from '../views/templates.projection';

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
  actor: 'service:templates',
});

/** What follows from an event that was heard. */
export const reactingTo = (event: RecordedEvent, name: string): By => ({
  ...ourselves(event.workspaceId, event.correlationId),
  causationId: event.id,
  traceparent: event.traceparent,
  reaction: { eventId: event.id, name },
});

export interface Changing {
  /** Decides on one template and appends what follows. */
  change<Code extends string>(
    by: By,
    templateId: string,
    decide: (state: TemplateState) => Outcome<TemplateEvent, Code>,
  ): Promise<Refusal<Code> | StreamChanged<TemplateEvent>>;
  /** Waits until our own views have the change, so that the caller's next call finds it. */
  shown(...changes: readonly (Refusal | StreamChanged<unknown>)[]): Promise<void>;
}

const shownWithinMs = 1_000;

export function changing(deps: { log: EventLog; clock: Clock; readers: ReaderProgress }): Changing {
  const { log, clock, readers } = deps;
  return {
    change(by, templateId, decide) {
      const { reaction, ...meta } = by;
      const stream = { streamId: templateId, orderingKey: templateId, meta: { ...meta, aliasKeys: [] } };
      const eventId = (_event: DomainEvent, index: number): string =>
        derivedId.reaction(reaction?.eventId ?? '', `${reaction?.name}:${templateId}:${index}`);
      return changeStream(log, clock, reaction ? { ...stream, eventId } : stream, template, decide);
    },
    async shown(...changes) {
      const positions = changes.filter((change) => !isRefusal(change)) as StreamChanged<unknown>[];
      if (await readers.reached(templatesReader, 'templates', positions, shownWithinMs)) return;
      throw unavailable('What was changed is kept, but cannot be shown yet.');
    },
  };
}
