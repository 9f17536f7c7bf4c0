import { exampleFacts, numberIn, template } from './example-facts';
import type { RecipientFacts } from './facts';
import { marketingIsAllowedInCountry } from './marketing-is-allowed-in-country.rule';
import { defaultPolicies } from './policies/policies';
import { specify } from './rule-table';

const countries = defaultPolicies.countries;
const allowed = {
  ...countries,
  northAmerica: { tollFree: 'allowed', territories: 'allowed', unknown: 'allowed' },
} as const;
const to = (recipient: Partial<RecipientFacts>, changes: Partial<Parameters<typeof exampleFacts>[0]> = {}) =>
  exampleFacts({ countries, recipient: numberIn(recipient), ...changes });
const unitedStates = { country: 'US', northAmerica: 'geographic' } as const;
const puertoRico = { country: 'PR', northAmerica: 'geographic' } as const;
const tollFree = { northAmerica: 'toll-free' } as const;
const unknown = { northAmerica: 'unknown' } as const;
const paused = 'refuse marketing-paused-in-country';
const utility = { content: { kind: 'template' as const, template: template({ category: 'UTILITY' }) } };
const on = (date: string) => ({ at: new Date(date) });

specify(marketingIsAllowedInCountry, [
  ['marketing to New York', to(unitedStates), paused],
  ['marketing to a user id of the United States', to({ country: 'US', phone: 'absent', userId: true }), paused],
  ['utility to New York', to(unitedStates, { ...utility, channel: { purpose: 'transactional' } }), 'skip'],
  ['utility through a channel for marketing', to(unitedStates, utility), paused],
  ['marketing to Toronto', to({ country: 'CA', northAmerica: 'geographic' }), 'pass'],
  ['marketing to Kingston, Jamaica', to({ country: 'JM', northAmerica: 'geographic' }), 'pass'],
  ['marketing to Puerto Rico', to(puertoRico), paused],
  ['marketing to Puerto Rico where the policy allows territories', to(puertoRico, { countries: allowed }), 'pass'],
  ['marketing to a toll-free number', to(tollFree), paused],
  ['marketing to a toll-free number where the policy allows them', to(tollFree, { countries: allowed }), 'pass'],
  ['marketing to an area code nobody knows', to(unknown), paused],
  ['marketing to an area code nobody knows, allowed', to(unknown, { countries: allowed }), 'pass'],
  ['marketing to Berlin', to({ country: 'DE' }), 'pass'],
  ['marketing to somebody whose country is not known', to({}), 'pass'],
  ['no policy to hand', exampleFacts({ recipient: numberIn(unitedStates) }), 'skip'],
  ['the day before the pause', to(unitedStates, on('2025-03-31T23:59:59.999Z')), 'pass'],
  ['the first day of the pause', to(unitedStates, on('2025-04-01T00:00:00.000Z')), paused],
  ['the pause lifted by the policy', to(unitedStates, { countries: { ...countries, marketingPaused: [] } }), 'pass'],
  [
    'a pause that is over',
    to(unitedStates, {
      countries: {
        ...countries,
        marketingPaused: [{ country: 'US', from: '2025-04-01', until: '2026-03-10', because: 'as announced' }],
      },
    }),
    'pass',
  ],
  [
    "a workspace's own pause elsewhere",
    to(
      { country: 'FR' },
      { countries: { ...countries, marketingPaused: [{ country: 'FR', from: '2026-01-01', because: 'sale law' }] } },
    ),
    paused,
  ],
]);
