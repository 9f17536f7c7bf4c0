import {
  MessageAccepted,
  MessageFailed,
  OutcomeResolved,
  OutcomeUnknown,
  SendAttempted,
} from '@postrider/event-contracts';
import fc from 'fast-check';
import { decision, messageStory, requested, status } from '../testing/message-story';
import { attemptsOf, stateOf } from './message-state';
import { emptyView, joined } from './message-view';
import type { RecordedEvent } from '@postrider/event-contracts';

const viewOf = (events: readonly RecordedEvent[]) => events.reduce(joined, emptyView);
const stateAfter = (events: readonly RecordedEvent[]) => stateOf(viewOf(events));

const accepted = (attempt = 1) => [
  SendAttempted.of({ messageId: messageStory.id, attempt, senderId: messageStory.senderId, fence: 1 }),
  MessageAccepted.of({ messageId: messageStory.id, attempt, wamid: `wamid.${attempt}` }),
];
const error = { code: 'undeliverable', title: 'Undeliverable', metaCode: 131026 };

describe('the state of a message', () => {
  it('is the same for all 24 orders of sent, delivered, read and failed, and for any repetition', () => {
    const story = messageStory([
      requested(),
      ...accepted(),
      status('sent'),
      status('delivered'),
      status('read'),
      status('failed'),
    ]);
    const right = viewOf(story);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(story, { minLength: story.length }),
        fc.array(fc.constantFrom(...story)),
        (order, again) => {
          const view = viewOf([...order, ...again]);
          expect(view).toEqual(right);
          expect(stateOf(view)).toBe('read');
          expect(attemptsOf(view)).toEqual(attemptsOf(right));
        },
      ),
    );
  });

  it.each([
    [['sent'], 'sent'],
    [['sent', 'failed'], 'failed'],
    [['failed', 'sent'], 'failed'],
    [['delivered', 'failed'], 'delivered'],
    [['failed', 'delivered'], 'delivered'],
    [['read', 'sent'], 'read'],
    [['played'], 'read'],
    [['warning'], 'accepted'],
  ])('after %j is %s', (statuses, state) => {
    expect(stateAfter(messageStory([requested(), ...accepted(), ...statuses.map((name) => status(name))]))).toBe(state);
  });

  it('is not known before the request is, though statuses are kept', () => {
    const [request, ...rest] = messageStory([requested(), ...accepted(), status('read')]);
    expect(stateAfter(rest)).toBeUndefined();
    expect(stateAfter([...rest, request!])).toBe('read');
  });

  it.each([
    ['send', 'requested'],
    ['hold', 'held'],
    ['refuse', 'refused'],
  ] as const)('after a decision to %s is %s', (outcome, state) => {
    expect(stateAfter(messageStory([requested({ decision: decision(outcome) })]))).toBe(state);
  });

  it('is unknown until something settles it, and sent where Meta says so after the policy gave up', () => {
    const unknown = [
      requested(),
      accepted()[0]!,
      OutcomeUnknown.of({ messageId: messageStory.id, attempt: 1, because: 'timeout', decideAt: messageStory.at }),
    ];
    const gaveUp = [
      ...unknown,
      OutcomeResolved.of({ messageId: messageStory.id, attempt: 1, outcome: 'give-up', by: 'policy' }),
      MessageFailed.of({ messageId: messageStory.id, attempt: 1, error }),
    ];
    expect(stateAfter(messageStory(unknown))).toBe('unknown');
    expect(stateAfter(messageStory(gaveUp))).toBe('failed');
    expect(stateAfter(messageStory([...gaveUp, status('sent', { attempt: 1 })]))).toBe('sent');
  });

  it('is retrying between a failed attempt and the next, and goes on with the next', () => {
    const failed = [
      requested(),
      ...accepted(1),
      status('failed', { attempt: 1 }),
      { type: 'AttemptFailed', data: { messageId: messageStory.id, attempt: 1, error, retryAt: messageStory.at } },
    ];
    expect(stateAfter(messageStory(failed))).toBe('retrying');
    expect(stateAfter(messageStory([...failed, accepted(2)[0]!]))).toBe('sending');
    expect(stateAfter(messageStory([...failed, ...accepted(2)]))).toBe('accepted');
  });

  it('is failed when dispatch says so, also before any attempt', () => {
    expect(stateAfter(messageStory([requested(), MessageFailed.of({ messageId: messageStory.id, error })]))).toBe(
      'failed',
    );
    const sent = messageStory([requested(), ...accepted(), MessageFailed.of({ messageId: messageStory.id, error })]);
    expect(stateAfter(sent)).toBe('failed');
    expect(attemptsOf(viewOf(sent))).toHaveLength(1);
  });
});
