import { RuleVerdict } from '@postrider/event-contracts';
import fc from 'fast-check';
import { assess, replay, type Assessment } from './assess';
import { ruleCodes } from './codes';
import { consent, exampleFacts, freeText, sender, template } from './example-facts';
import type { Facts, RecipientFacts } from './facts';
import { Cap } from './policies/caps';
import { defaultPolicies } from './policies/policies';
import { QuietHoursPolicy, weekdays } from './policies/quiet-hours';
import { allRules } from './rules';
import { ruleTexts } from './texts';

/** Anybody, anywhere. */
const recipient: fc.Arbitrary<RecipientFacts> = fc
  .tuple(
    fc.record({
      phone: fc.constantFrom('usable' as const, 'unusable' as const, 'absent' as const),
      userId: fc.boolean(),
    }),
    fc.record(
      {
        country: fc.constantFrom('US', 'CA', 'PR', 'JM', 'CU', 'DE', 'RU', 'ZZ'),
        northAmerica: fc.constantFrom('geographic' as const, 'toll-free' as const, 'unknown' as const),
        timeZone: fc.constantFrom('Asia/Tokyo', 'America/New_York'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([who, where]) => ({ ...who, ...where }));

const nights = QuietHoursPolicy.parse({ weekly: [{ days: [...weekdays], from: '20:00', to: '09:00' }] });
const micros = fc.integer({ min: 0, max: 10 });
const period = fc.record({
  spentMicros: micros,
  limitMicros: micros,
  endsAt: fc.constant('2026-03-11T00:00:00.000Z'),
});

/** What the rules over policies look at; a rule skips where a fact is missing, so that here nearly none is. */
const policyFacts = {
  findings: fc.record({
    cardNumber: fc.boolean(),
    nationalIds: fc.subarray(['US SSN']),
    barredGoods: fc.subarray(['tobacco']),
  }),
  countries: fc.constant(defaultPolicies.countries),
  quietHours: fc.constantFrom({}, { channel: nights }, { workspace: nights }),
  caps: fc.array(
    fc.record({
      cap: fc.constantFrom(
        Cap.parse({ messages: 2, unit: 'day' }),
        Cap.parse({ messages: 2, unit: 'week', then: 'refuse' }),
      ),
      of: fc.constantFrom('channel' as const, 'workspace' as const),
      count: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 2 },
  ),
  portfolio: fc.record({
    limit: fc.constantFrom(250, null),
    used: fc.integer({ min: 249, max: 250 }),
    includesRecipient: fc.boolean(),
  }),
  heldBack: fc.record({
    times: fc.integer({ min: 0, max: 2 }),
    lastAt: fc.constantFrom('2026-03-10T11:00:00.000Z', '2026-03-01T11:00:00.000Z'),
  }),
  regulated: fc.boolean(),
  spend: fc.record({
    currency: fc.constant('EUR'),
    priceMicros: micros,
    today: period,
    thisMonth: period,
  }),
};

const facts: fc.Arbitrary<Facts> = fc.record({
  at: fc.constant(new Date('2026-03-10T12:00:00.000Z')),
  channel: fc.record({ purpose: fc.constantFrom('marketing' as const, 'transactional' as const) }),
  recipient,
  consents: fc.array(
    fc.record({
      purpose: fc.constantFrom('marketing' as const, 'transactional' as const),
      state: fc.constantFrom('granted' as const, 'revoked' as const),
      source: fc.constantFrom('api', 'keyword', 'preference'),
      saidAt: fc.integer({ min: 1, max: 5 }).map((day) => `2026-03-0${day}T00:00:00.000Z`),
    }),
    { maxLength: 5 },
  ),
  content: fc.oneof(
    fc.constant(freeText),
    fc
      .record({
        state: fc.constantFrom('approved' as const, 'paused' as const, 'draft' as const),
        category: fc.constantFrom('MARKETING' as const, 'UTILITY' as const),
      })
      .map((changes) => ({ kind: 'template' as const, template: template(changes) })),
  ),
  sender: fc.constantFrom('CONNECTED', 'PENDING').map((status) => sender({ status })),
  ...policyFacts,
});

describe('a decision', () => {
  it('sends when every rule passes, and shows every rule', () => {
    const decision = assess(exampleFacts());
    expect(decision.outcome).toBe('send');
    expect(decision.trail.map(({ rule }) => rule)).toEqual(allRules.map(({ name }) => name));
  });

  it('refuses rather than holds', () => {
    const decision = assess(exampleFacts({ consents: [], sender: sender({ status: 'PENDING' }) }));
    expect(decision).toMatchObject({ outcome: 'refuse', code: 'no-consent' });
    expect(decision.trail.filter(({ verdict }) => verdict === 'hold').map(({ rule }) => rule)).toEqual([
      'sender-is-able',
    ]);
  });

  it('names the stop where a person stopped, not the missing consent', () => {
    const stop = consent({ state: 'revoked', source: 'preference', saidAt: '2026-03-01T00:00:00.000Z' });
    expect(assess(exampleFacts({ consents: [stop] }))).toMatchObject({ outcome: 'refuse', code: 'stopped' });
  });

  it('names the stop, too, where a caller took consent back in the same instant', () => {
    const saidAt = '2026-03-01T00:00:00.000Z';
    const both = [consent({ state: 'revoked', source: 'preference', saidAt }), consent({ state: 'revoked', saidAt })];
    for (const consents of [both, both.toReversed()]) expect(assess(exampleFacts({ consents })).code).toBe('stopped');
  });

  it('holds until what it waits for is over', () => {
    const pauses = [{ scope: 'sender', code: 'spam-rate', until: '2026-03-10T13:00:00.000Z' }] as const;
    expect(assess(exampleFacts({ sender: sender({ pauses }) }))).toMatchObject({
      outcome: 'hold',
      code: 'sender-unable',
      until: '2026-03-10T13:00:00.000Z',
    });
  });

  it('holds for a time to come, and says until when exactly where it holds', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { outcome, until } = assess(given);
        return outcome === 'hold' ? Date.parse(until!) > given.at.getTime() : until === undefined;
      }),
    );
  });

  it('can be replayed from its trail alone', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const stored = JSON.parse(JSON.stringify(assess(given))) as Assessment;
        expect(replay(stored)).toEqual(stored);
      }),
    );
  });

  it('that was altered does not survive a replay', () => {
    const decision = assess(exampleFacts({ consents: [] }));
    const altered = decision.trail.map((line) =>
      line.rule === 'recipient-has-consented' ? { ...line, verdict: 'pass' as const } : line,
    );
    expect(replay({ ...decision, outcome: 'send', trail: altered })).toEqual(decision);
  });

  it('comes with a trail that is valid in every event', () => {
    fc.assert(fc.property(facts, (given) => assess(given).trail.every((line) => RuleVerdict.safeParse(line).success)));
  });

  it('lets nobody through who took consent back, in whatever order the rules stand and the words became known', () => {
    const order = fc.shuffledSubarray([...allRules], { minLength: allRules.length });
    fc.assert(
      fc.property(facts, order, (given, rules) => {
        const revoked = consent({ state: 'revoked', saidAt: '2026-03-09T00:00:00.000Z' });
        const everywhere = [revoked, { ...revoked, purpose: 'transactional' as const }];
        const decision = assess({ ...given, consents: [...everywhere, ...given.consents] }, rules);
        expect(decision.outcome).toBe('refuse');
      }),
    );
  });

  it('does not depend on the order in which statements became known', () => {
    const shuffled = facts.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray([...given.consents], { minLength: given.consents.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, consents]) => {
        const { outcome, code } = assess({ ...given, consents });
        const other = assess(given);
        expect([outcome, code]).toEqual([other.outcome, other.code]);
      }),
    );
  });
});

describe('codes', () => {
  it('belong to one rule each, and every rule lists its own', () => {
    const listed = allRules.flatMap((rule) => rule.codes.map((code) => [code, rule.name]));
    expect(Object.fromEntries(listed)).toEqual(ruleCodes);
    expect(listed).toHaveLength(Object.keys(ruleCodes).length);
  });

  it('have a text in every language', () => {
    expect(Object.keys(ruleTexts).sort()).toEqual(Object.keys(ruleCodes).sort());
    for (const texts of Object.values(ruleTexts))
      expect(Object.values(texts).every((text) => text.length > 5)).toBe(true);
  });
});
