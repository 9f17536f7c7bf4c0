import { randomUUID } from 'node:crypto';
import { MessageReceived, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { messageStory, tell } from './message-story';

/** A person who writes to the sender of `messageStory`, under an alias key of their own. */
export function aPerson(aliasKey = `p.${randomUUID()}`) {
  const conversationId = derivedId.conversation(messageStory.senderId, aliasKey);
  const place = {
    conversationId,
    accountId: messageStory.accountId,
    senderId: messageStory.senderId,
    wabaId: '200',
    phoneNumberId: '300',
  };
  return {
    aliasKey,
    conversationId,
    place,
    said: (event: { type: string; data: unknown; personal?: unknown }): RecordedEvent => ({
      ...event,
      id: randomUUID(),
      service: 'webhooks',
      typeVersion: 1,
      streamId: conversationId,
      streamVersion: 1,
      shard: 0,
      position: 1,
      orderingKey: aliasKey,
      at: new Date(messageStory.at),
      workspaceId: messageStory.workspaceId,
      actor: 'meta',
      correlationId: 'test',
      aliasKeys: [aliasKey],
    }),
    wrote: (wamid: string, over: Partial<EventOf<typeof MessageReceived>['data']> = {}, body = 'Hello') =>
      tell(
        MessageReceived,
        { ...place, wamid, messageType: 'text', happenedAt: messageStory.at, ...over },
        { phone: '15551230001', name: 'Ada', message: { type: 'text', text: { body } } },
      ),
  };
}
