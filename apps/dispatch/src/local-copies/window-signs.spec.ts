import { CallReported, MessageReceived, StatusReported, type RecordedEvent } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { accountId, phoneNumberId, senderId, wabaId } from '../testing/set-up';
import { windowSign } from './window-signs';

const place = { conversationId: derivedId.conversation(senderId, 'p.x'), accountId, senderId, wabaId, phoneNumberId };
const happenedAt = '2026-03-10T12:00:00.000Z';
const signOf = (event: object) => windowSign(event as RecordedEvent);
const message = (over: object = {}) =>
  MessageReceived.of(
    { ...place, happenedAt, wamid: 'wamid.1', messageType: 'text', ...over },
    { message: { type: 'text' } },
  );
const call = (over: object) => CallReported.of({ ...place, happenedAt, callId: 'wacid.1', event: 'connect', ...over });
const status = (over: object) =>
  StatusReported.of({ ...place, happenedAt, wamid: 'wamid.2', status: 'delivered', ...over });
const conversationExpiresAt = '2026-03-13T11:00:00.000Z';

it.each([
  ['a message opens the window', message(), { inboundAt: happenedAt, entryAt: null }],
  ['a message by an advertisement opens both', message({ referral: { sourceType: 'ad' } }), { entryAt: happenedAt }],
  ["a person's call opens it", call({ direction: 'in' }), { inboundAt: happenedAt, entryAt: null }],
  [
    'the end of a call tells when it began',
    call({ direction: 'in', event: 'terminate', durationSeconds: 600 }),
    { inboundAt: '2026-03-10T11:50:00.000Z' },
  ],
  [
    'a status names the end of a free entry',
    status({ conversationExpiresAt, pricing: { type: 'free_entry_point' } }),
    { inboundAt: null, freeUntil: conversationExpiresAt },
  ],
])('%s', (_, event, sign) => {
  expect(signOf(event)).toMatchObject(sign);
});

it.each([
  ['our own call', call({ direction: 'out' })],
  ['a call that nobody says who made', call({})],
  ['the end of a call that was never taken', call({ direction: 'in', event: 'terminate', outcome: 'FAILED' })],
  ['a status of a conversation that is paid for', status({ conversationExpiresAt, pricing: { type: 'regular' } })],
  ['any other status', status({})],
])('%s says nothing of the window', (_, event) => {
  expect(signOf(event)).toBeUndefined();
});
