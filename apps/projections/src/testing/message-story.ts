import {
  MessageRequested,
  StatusReported,
  type Decision,
  type EventDefinition,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { z } from 'zod';

interface Told {
  readonly type: string;
  readonly data: unknown;
  readonly personal?: unknown;
}

/** Makes an event that this service itself never says. */
export const tell = <Type extends string, Data extends z.ZodType, Personal extends z.ZodType>(
  definition: EventDefinition<Type, Data, Personal>,
  data: z.input<Data>,
  personal?: z.input<Personal>,
) => definition.of(data, personal);

const id = '01930000-0000-7000-8000-000000000001';
const senderId = '5e000000-0000-5000-8000-000000000001';
const accountId = 'acc00000-0000-5000-8000-000000000001';
const at = '2026-11-22T10:00:00.000Z';
const workspaceId = '01900000-0000-7000-8000-000000000001';

/** Events of one message as logs would hold them: dispatch's in its stream's order, Meta's beside them. */
export function messageStory(told: readonly Told[], messageId = id): RecordedEvent[] {
  let version = 0;
  return told.map((event, index) => {
    const fromMeta = event.type === 'StatusReported';
    if (!fromMeta) version += 1;
    return {
      ...event,
      id: `${messageId.slice(0, 24)}${String(index).padStart(12, '0')}`,
      service: fromMeta ? 'webhooks' : 'dispatch',
      typeVersion: 1,
      streamId: fromMeta ? senderId : messageId,
      streamVersion: fromMeta ? index + 1 : version,
      shard: 0,
      position: index + 1,
      orderingKey: 'p.alias',
      at: new Date(Date.parse(at) + index * 1_000),
      workspaceId,
      actor: fromMeta ? 'meta' : 'key:test',
      correlationId: 'test',
      aliasKeys: ['p.alias'],
    };
  });
}
messageStory.id = id;
messageStory.senderId = senderId;
messageStory.accountId = accountId;
messageStory.workspaceId = workspaceId;
messageStory.at = at;

export const decision = (
  outcome: Decision['outcome'],
  code = outcome === 'send' ? undefined : 'no-consent',
): Decision => ({
  outcome,
  ...(code === undefined ? {} : { code }),
  at,
  trail: [],
});

type RequestData = EventOf<typeof MessageRequested>['data'];
export const requested = (over: Partial<RequestData> = {}) =>
  tell(
    MessageRequested,
    {
      messageId: id,
      channelId: 'c4000000-0000-5000-8000-000000000001',
      channelName: 'orders',
      accountId,
      senderId,
      phoneNumberId: '300',
      purpose: 'transactional',
      contactId: 'c0000000-0000-5000-8000-000000000001',
      content: { type: 'template', template: { name: 'order_update', language: 'en_US' } },
      lane: 'utility',
      origin: { kind: 'api' },
      onUnknown: 'give-up',
      country: 'US',
      decision: decision('send'),
      ...over,
    },
    { to: { phone: '+15551234500' }, payload: { type: 'template', template: { name: 'order_update' } } },
  );

export const status = (name: string, over: Partial<EventOf<typeof StatusReported>['data']> = {}) =>
  tell(StatusReported, {
    conversationId: senderId,
    accountId,
    senderId,
    wabaId: '200',
    phoneNumberId: '300',
    happenedAt: at,
    wamid: 'wamid.1',
    status: name,
    messageId: id,
    ...over,
  });
