import fc from 'fast-check';
import { buckets } from '../campaign/figures';
import { bucketOf, countsOf, follow, reached, type Standing } from './follow';

const planned: Standing = {
  state: 'planned',
  code: null,
  sent: false,
  delivered: false,
  read: false,
  optedOut: false,
  price: 0.1,
  heldUntil: null,
};
const dispatchSays = [
  'MessageRequested',
  'MessageHeld',
  'MessageReleased',
  'SendAttempted',
  'AttemptNotSent',
  'AttemptFailed',
  'MessageAccepted',
  'OutcomeUnknown',
  'MessageFailed',
  'MessageCancelled',
  'MessageExpired',
  'MessageRefused',
];
const heard = (type: string) => ({
  type,
  data: { code: 'quiet-hours', until: '2026-03-11T08:00:00.000Z', error: { code: 'undeliverable' } },
});
const withStatus = (standing: Standing, status: string): Standing => {
  const { sent, delivered, read } = reached(status);
  return {
    ...standing,
    sent: standing.sent || sent,
    delivered: standing.delivered || delivered,
    read: standing.read || read,
  };
};

describe('a recipient', () => {
  it('is in exactly one bucket after any facts, and sent where delivered, delivered where read', () => {
    const statuses = fc.constantFrom('sent', 'delivered', 'read', 'failed');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...dispatchSays)), fc.array(statuses), (facts, said) => {
        const end = said.reduce(withStatus, facts.map(heard).reduce(follow, planned));
        const counts = countsOf(end);
        expect(buckets.filter((bucket) => counts[bucket] === 1)).toHaveLength(1);
        expect(counts.sent ?? 0).toBeGreaterThanOrEqual(counts.delivered ?? 0);
        expect(counts.delivered ?? 0).toBeGreaterThanOrEqual(counts.read ?? 0);
      }),
    );
  });

  it("is the same whichever way dispatch's facts and Meta's statuses interleave", () => {
    const facts = ['MessageRequested', 'SendAttempted', 'MessageAccepted'];
    const said = ['sent', 'delivered', 'read'];
    const end = said.reduce(withStatus, facts.map(heard).reduce(follow, planned));
    expect(facts.map(heard).reduce(follow, said.reduce(withStatus, planned))).toEqual(end);
    expect(countsOf(end)).toEqual({ sent: 1, delivered: 1, read: 1, spent: 0.1 });
  });

  it('is failed where Meta refused after taking the message, and sent where it arrived all the same', () => {
    const failed = ['MessageRequested', 'MessageAccepted', 'MessageFailed'].map(heard).reduce(follow, planned);
    expect(bucketOf(withStatus(failed, 'sent'))).toBe('failed');
    expect(bucketOf(withStatus(failed, 'delivered'))).toBe('sent');
    expect(failed.code).toBe('undeliverable');
  });

  it('is held until dispatch looks again, and no longer once anything else is said', () => {
    const held = ['MessageRequested', 'MessageHeld'].map(heard).reduce(follow, planned);
    expect(held).toMatchObject({ state: 'held', code: 'quiet-hours', heldUntil: new Date('2026-03-11T08:00:00.000Z') });
    for (const type of dispatchSays.filter((each) => each !== 'MessageHeld'))
      expect(follow(held, heard(type)).heldUntil).toBeNull();
  });

  it('of the holdout counts beside the buckets', () => {
    expect(countsOf({ ...planned, state: 'holdout' })).toEqual({ holdout: 1 });
  });
});
