import { fold } from '@postrider/decider';
import { MessageAccepted, MessageCancelled, MessageHeld, SendAttempted } from '@postrider/event-contracts';
import { decision, later, messageId, now, requested } from '../testing/messages';
import { halt } from './halt.decider';
import { messageDecider } from './message.decider';
import type { MessageEvent } from './message-events';

const origin = { kind: 'campaign', id: '01900000-0000-7000-8000-0000000ca000' } as const;
const after = (...events: MessageEvent[]) => fold(messageDecider, [requested({ origin }), ...events]);
const attempted = SendAttempted.of({ messageId, attempt: 1, senderId: requested().data.senderId, fence: 1 });
const typesOf = (events: readonly MessageEvent[]) => events.map(({ type }) => type);

it('holds a waiting message of a paused campaign, and says why', () => {
  const [held] = halt(after(), 'paused', now);
  expect(held).toMatchObject({ type: 'MessageHeld', data: { code: 'campaign-paused' } });
});

it('cancels a waiting message of a stopped campaign, and one that is held', () => {
  const held = MessageHeld.of({ messageId, code: 'x', until: later(9).toISOString(), decision: decision('hold') });
  expect(typesOf(halt(after(), 'stopped', now))).toEqual(['MessageCancelled']);
  expect(typesOf(halt(after(held), 'stopped', now))).toEqual(['MessageCancelled']);
});

it('ends what has expired meanwhile, rather than holding it', () => {
  const state = fold(messageDecider, [requested({ origin, expiresAt: now.toISOString() })]);
  expect(typesOf(halt(state, 'paused', later(1)))).toEqual(['MessageExpired']);
});

it.each([
  ['is on its way', [attempted]],
  ['has gone', [attempted, MessageAccepted.of({ messageId, attempt: 1, wamid: 'w' })]],
  ['was cancelled', [MessageCancelled.of({ messageId, because: 'so' })]],
] as const)('leaves alone what %s', (_, events) => {
  const state = after(...(events as unknown as MessageEvent[]));
  expect([...halt(state, 'paused', now), ...halt(state, 'stopped', now)]).toEqual([]);
});
