import { fold } from '@postrider/decider';
import {
  AttemptFailed,
  AttemptNotSent,
  MessageAccepted,
  MessageCancelled,
  MessageFailed,
  MessageHeld,
  MessageReleased,
  OutcomeResolved,
  OutcomeUnknown,
  SendAttempted,
} from '@postrider/event-contracts';
import fc from 'fast-check';
import { decision, later, messageId, now, requested, toSend } from '../testing/messages';
import { attempt } from './attempt.decider';
import { cancel } from './cancel.decider';
import { hear } from './hear.decider';
import { messageDecider, type MessageState } from './message.decider';
import type { MessageEvent } from './message-events';
import { recover } from './recover.decider';
import { resolve, settle } from './settle.decider';

const error = { code: 'meta-unknown', title: 'Meta failed' };
const senderId = requested().data.senderId;
const attempted = (number = 1, fence = 7) => SendAttempted.of({ messageId, attempt: number, senderId, fence });
const accepted = (number = 1, wamid = `wamid.${number}`) =>
  MessageAccepted.of({ messageId, attempt: number, wamid }, {});
const failed = (number = 1) =>
  AttemptFailed.of({ messageId, attempt: number, error, retryAt: later(60_000).toISOString() });
const unknown = (number = 1) =>
  OutcomeUnknown.of({ messageId, attempt: number, because: 'timeout', decideAt: later(600_000).toISOString() });
const held = (until = later(60_000)) =>
  MessageHeld.of({ messageId, code: 'sender-unable', until: until.toISOString(), decision: decision('hold') });
const settledAs = (outcome: 'resend' | 'give-up' | 'hold', number = 1) =>
  OutcomeResolved.of({ messageId, attempt: number, outcome, by: 'policy' });

const given = (...events: MessageEvent[]): MessageState => fold(messageDecider, events);
const types = (outcome: unknown): unknown => (Array.isArray(outcome) ? outcome.map(({ type }) => type) : outcome);
const sending = { decision: toSend, fence: 9, now };

describe('a message whose time has come', () => {
  it('is tried, and the intent carries the lease under which it is made', () => {
    const [intent] = attempt(given(requested()), sending);
    expect(intent).toMatchObject({ type: 'SendAttempted', data: { attempt: 1, fence: 9 } });
    expect(intent!.data).not.toHaveProperty('decision');
  });

  it('shows the decision with the intent where a rule says something else than at acceptance', () => {
    const trail = [{ rule: 'a-rule', verdict: 'skip' as const, because: 'now', inputs: {} }];
    const [intent] = attempt(given(requested()), { ...sending, decision: decision('send', { trail }) });
    expect(intent!.data).toMatchObject({ decision: { trail } });
  });

  it('is released first where it was held', () => {
    expect(types(attempt(given(requested(), held()), sending))).toEqual(['MessageReleased', 'SendAttempted']);
  });

  it('waits on where a rule holds it now', () => {
    const until = later(1_000).toISOString();
    const waits = decision('hold', { code: 'sender-unable', until });
    expect(attempt(given(requested()), { ...sending, decision: waits })).toMatchObject([
      { type: 'MessageHeld', data: { code: 'sender-unable', until } },
    ]);
  });

  it('is refused where a rule forbids it now', () => {
    const no = decision('refuse', { code: 'stopped' });
    expect(attempt(given(requested()), { ...sending, decision: no })).toMatchObject([
      { type: 'MessageRefused', data: { code: 'stopped' } },
    ]);
  });

  it('is not sent late', () => {
    const state = given(requested({ expiresAt: now.toISOString() }));
    expect(types(attempt(state, sending))).toEqual(['MessageExpired']);
  });

  it.each([
    ['under way', [attempted()]],
    ['taken', [attempted(), accepted()]],
    ['unclear', [attempted(), unknown()]],
    ['taken back', [MessageCancelled.of({ messageId, because: 'x' })]],
  ])('is let be when it is %s', (_, events) => {
    expect(attempt(given(requested(), ...events), sending)).toEqual([]);
  });

  it('is tried under the next number after a failure', () => {
    const [intent] = attempt(given(requested(), attempted(), failed()), sending);
    expect(intent!.data).toMatchObject({ attempt: 2 });
  });
});

describe('taking a message back', () => {
  it.each([
    ['asked for', []],
    ['held', [held()]],
    ['waiting for another attempt', [attempted(), failed()]],
  ])('works while it is %s', (_, events) => {
    expect(types(cancel(given(requested(), ...events), 'x'))).toEqual(['MessageCancelled']);
  });

  it.each([
    ['under way', [attempted()]],
    ['taken', [attempted(), accepted()]],
    ['unclear', [attempted(), unknown()]],
  ])('comes too late when it is %s', (_, events) => {
    expect(cancel(given(requested(), ...events), 'x')).toMatchObject({ refused: 'too-late' });
  });

  it('is done once, however often', () => {
    expect(cancel(given(requested(), MessageCancelled.of({ messageId, because: 'x' })), 'x')).toEqual([]);
  });
});

describe('an unknown outcome', () => {
  const state = (onUnknown: 'resend' | 'give-up' | 'hold', changes: object = {}) =>
    given(requested({ onUnknown, ...changes }), attempted(), unknown());

  it.each([
    ['resend', ['OutcomeResolved']],
    ['give-up', ['OutcomeResolved', 'MessageFailed']],
    ['hold', ['OutcomeResolved']],
  ] as const)('is settled by its policy %s', (policy, expected) => {
    expect(types(settle(state(policy), now))).toEqual(expected);
  });

  it('is not sent again once the message has expired', () => {
    const [resolved] = settle(state('resend', { expiresAt: now.toISOString() }), now);
    expect(resolved!.data).toMatchObject({ outcome: 'give-up' });
  });

  it('is settled once', () => {
    expect(settle(given(requested(), attempted(), unknown(), settledAs('hold')), now)).toEqual([]);
  });

  it('can be settled by an operator after the policy left it to one', () => {
    const left = given(requested(), attempted(), unknown(), settledAs('hold'));
    expect(types(resolve(left, 'resend'))).toEqual(['OutcomeResolved']);
    expect(types(resolve(left, 'give-up'))).toEqual(['OutcomeResolved', 'MessageFailed']);
  });

  it('cannot be settled when a status has done it', () => {
    expect(resolve(given(requested(), attempted(), unknown(), accepted()), 'resend')).toMatchObject({
      refused: 'too-late',
    });
  });

  it('is what an earlier holder of the sender left, and ours alone is not', () => {
    const left = given(requested(), attempted(1, 7));
    expect(types(recover(left, { fence: 8, now, patienceMs: 1 }))).toEqual(['OutcomeUnknown']);
    expect(recover(left, { fence: 7, now, patienceMs: 1 })).toEqual([]);
    expect(recover(given(requested(), attempted(1, 7), accepted()), { fence: 8, now, patienceMs: 1 })).toEqual([]);
  });
});

describe('a status', () => {
  const arrived = { attempt: 1, wamid: 'wamid.1' };

  it('that overtakes the answer records the acceptance', () => {
    expect(types(hear(given(requested(), attempted()), arrived))).toEqual(['MessageAccepted']);
  });

  it('settles an unknown outcome', () => {
    expect(hear(given(requested(), attempted(), unknown()), arrived)).toMatchObject([
      { type: 'OutcomeResolved', data: { outcome: 'accepted', by: 'status', wamid: 'wamid.1' } },
    ]);
  });

  it('teaches nothing twice', () => {
    expect(hear(given(requested(), attempted(), accepted()), arrived)).toEqual([]);
  });

  it('of a failure may open a further attempt, or end the message', () => {
    const state = given(requested(), attempted(), accepted());
    const retryAt = later(1_000);
    expect(types(hear(state, { ...arrived, failure: { error, retryAt } }))).toEqual(['AttemptFailed']);
    expect(types(hear(state, { ...arrived, failure: { error } }))).toEqual(['MessageFailed']);
  });

  it('of a first attempt after a second was taken says that the message arrived twice', () => {
    const state = given(requested(), attempted(), unknown(), settledAs('resend'), attempted(2), accepted(2));
    const events = hear(state, arrived);
    expect(types(events)).toEqual(['OutcomeResolved', 'DuplicateSendDetected']);
    expect(hear(fold(messageDecider, events, state), arrived)).toEqual([]);
  });
});

describe('the state', () => {
  it('of an attempt grows more certain only: its outcomes may be recorded in any order, and again', () => {
    const outcomes: MessageEvent[] = [
      accepted(),
      unknown(),
      failed(),
      AttemptNotSent.of({
        messageId,
        attempt: 1,
        because: 'x',
        retryAt: later(1).toISOString(),
      }),
    ];
    const certain = ['unknown', 'not-sent', 'accepted', 'failed'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 8 }), (events) => {
        let least = -1;
        let state = given(requested(), attempted());
        for (const event of events) {
          state = messageDecider.evolve(state, event);
          const now = certain.indexOf(state.attempts[0]!.outcome);
          expect(now).toBeGreaterThanOrEqual(least === 1 || least === 2 ? 1 : least);
          least = now;
        }
      }),
    );
  });

  it('is accepted once any attempt has arrived, whatever becomes known of the others', () => {
    const others = fc.shuffledSubarray([
      unknown(),
      failed(),
      settledAs('resend'),
      MessageFailed.of({ messageId, attempt: 1, error }),
    ]);
    fc.assert(
      fc.property(others, (events) => {
        const state = given(
          requested(),
          attempted(),
          unknown(),
          settledAs('resend'),
          attempted(2),
          accepted(2),
          ...events,
        );
        expect(state.phase).toBe('accepted');
      }),
    );
  });

  it('waits for nothing while another attempt is under way', () => {
    const state = given(requested(), attempted(), unknown(), settledAs('resend'), attempted(2), failed(1));
    expect(state).toMatchObject({ phase: 'sending', dueAt: undefined });
  });

  it('goes on after it was held', () => {
    const released = MessageReleased.of({ messageId, because: 'x' });
    expect(given(requested(), held(), released)).toMatchObject({ phase: 'requested', heldBy: undefined });
  });
});
