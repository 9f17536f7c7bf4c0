import fc from 'fast-check';
import type { RecipientFacts } from './facts';
import { Cap } from './policies/caps';
import { defaultPolicies } from './policies/policies';
import { QuietHoursPolicy, weekdays } from './policies/quiet-hours';

const maybe = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(values, { nil: undefined });

/** Facts without those that came out as missing. */
const present = <Shape extends object>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key] | undefined> }) =>
  fc.record(shape).map((given) => {
    const entries = Object.entries(given).filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries) as Shape;
  });

/** Anybody, anywhere. */
export const recipient: fc.Arbitrary<RecipientFacts> = fc
  .tuple(
    fc.record({
      phone: fc.constantFrom('usable' as const, 'unusable' as const, 'absent' as const),
      userId: fc.boolean(),
    }),
    present<Pick<RecipientFacts, 'country' | 'northAmerica' | 'timeZone'>>({
      country: maybe(fc.constantFrom('US', 'CA', 'PR', 'JM', 'CU', 'DE', 'RU', 'ZZ')),
      northAmerica: maybe(fc.constantFrom('geographic' as const, 'toll-free' as const, 'unknown' as const)),
      timeZone: maybe(fc.constantFrom('Asia/Tokyo', 'America/New_York')),
    }),
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
export const policyFacts = {
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
