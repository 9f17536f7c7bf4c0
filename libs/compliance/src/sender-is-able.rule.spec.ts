import { exampleFacts, sender } from './example-facts';
import { specify } from './rule-table';
import { senderIsAble } from './sender-is-able.rule';

const from = (changes: Parameters<typeof sender>[0]) => exampleFacts({ sender: sender(changes) });
const credentialsRejected = false;

specify(senderIsAble, [
  ['connected', from({}), 'pass'],
  ['not registered', from({ status: 'PENDING' }), 'hold sender-unable'],
  ['paused by an operator', from({ pausedBecause: 'complaints' }), 'hold sender-unable'],
  ['credentials rejected', from({ account: { credentialsRejected: true } }), 'hold sender-unable'],
  ['account restricted', from({ account: { credentialsRejected, restriction: 'block' } }), 'hold sender-unable'],
  ['paused after an error', from({ pauses: [{ scope: 'account', code: 'token-rejected' }] }), 'hold sender-unable'],
]);

describe('how long sender-is-able holds', () => {
  const heldUntil = (changes: Parameters<typeof sender>[0]) => {
    const facts = from(changes);
    const judgement = senderIsAble.judge(senderIsAble.inputs(facts), facts.at);
    return judgement.verdict === 'hold' ? judgement.until.toISOString() : judgement.verdict;
  };

  it('holds until the last known end of what stops it', () => {
    const pauses = [
      { scope: 'sender', code: 'spam-rate', until: '2026-03-10T13:00:00.000Z' },
      { scope: 'account', code: 'rate', until: '2026-03-10T14:00:00.000Z' },
    ] as const;
    expect(heldUntil({ pauses })).toBe('2026-03-10T14:00:00.000Z');
  });

  it('looks again in five minutes where no end is known', () => {
    expect(heldUntil({ status: 'PENDING' })).toBe('2026-03-10T12:05:00.000Z');
  });
});
