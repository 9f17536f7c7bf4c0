import type { EventMeta, RecordedEvent } from '@postrider/event-contracts';

/** What an event of the sender's carries, on a message that was asked for like this. */
export function messageMeta(requested: RecordedEvent, actor = 'service:dispatch'): EventMeta {
  const { workspaceId, correlationId, aliasKeys, traceparent } = requested;
  return { workspaceId, actor, correlationId, aliasKeys, ...(traceparent === undefined ? {} : { traceparent }) };
}
