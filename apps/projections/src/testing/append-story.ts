import type { RecordedEvent } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';

/** Appends events to the logs of the services that own them, in the given order, each by itself. */
export async function appendStory(
  logs: ReadonlyMap<string, EventLog>,
  events: readonly RecordedEvent[],
): Promise<void> {
  for (const { id, service, streamId, orderingKey, type, at, data, personal, workspaceId, aliasKeys } of events)
    await logs.get(service)!.append([
      {
        streamId,
        expectedVersion: 'any',
        orderingKey,
        events: [{ id, type, at, data, ...(personal === undefined ? {} : { personal }) }],
        meta: { workspaceId, actor: 'test', correlationId: 'test', aliasKeys },
      },
    ]);
}
