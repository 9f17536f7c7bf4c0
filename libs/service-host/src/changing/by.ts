import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';
import type { Caller } from '../http/caller';

/** Who changes something, and because of what. */
export interface By {
  readonly workspaceId: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
  /** The event that is reacted to: the ids of what follows are made from it, so that reacting twice is once. */
  readonly reaction?: { readonly eventId: string; readonly name: string } | undefined;
}

/** A caller of a route; with the id that `Idempotent` gave a request that creates, by which `Changing.create` knows it. */
export const askedBy = ({ workspaceId, actor, correlationId, traceparent }: Caller, requestId?: string): By => ({
  workspaceId,
  actor,
  correlationId,
  causationId: requestId,
  traceparent,
});

/** A service's own doing, such as a periodic look at Meta. */
export const ownDoing = (service: ServiceName, workspaceId: string, correlationId: string): By => ({
  workspaceId,
  correlationId,
  actor: `service:${service}`,
});

/** What follows from an event that the reader `name`, such as `templates:when-sending-paused`, heard. */
export function reactingTo(event: RecordedEvent, name: `${ServiceName}:${string}`): By {
  const service = name.split(':')[0] as ServiceName;
  return {
    ...ownDoing(service, event.workspaceId, event.correlationId),
    causationId: event.id,
    traceparent: event.traceparent,
    reaction: { eventId: event.id, name },
  };
}
