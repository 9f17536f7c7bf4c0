import type { Purpose } from '@postrider/event-contracts';
import { purposeOf } from './category-is-metas.rule';
import type { RecipientFacts } from './facts';
import { unitedStatesTerritories, type CountriesPolicy, type MarketingPause } from './policies/countries';
import { pass, refuse, skip, type Rule } from './rule';

interface Inputs {
  readonly purpose: Purpose;
  readonly country?: string;
  readonly northAmerica?: RecipientFacts['northAmerica'];
  /** Where the number does not say which country it is in, the policy does. */
  readonly countsAs?: string;
  readonly pauses?: readonly MarketingPause[];
}

export const marketingIsAllowedInCountry: Rule<Inputs> = {
  name: 'marketing-is-allowed-in-country',
  clause: {
    text: 'No marketing to numbers with United States area codes while Meta pauses it, from 2025-04-01; Canada and the Caribbean are not in it.',
    source:
      'https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates (131049); policy "countries"',
  },
  codes: ['marketing-paused-in-country'],
  inputs: (facts) => {
    const purpose = purposeOf(facts);
    const { country, northAmerica } = facts.recipient;
    if (purpose !== 'marketing' || facts.countries === undefined) return { purpose };
    const countsAs = countryCountedAs(facts.recipient, facts.countries);
    return {
      purpose,
      ...(country === undefined ? {} : { country }),
      ...(northAmerica === undefined ? {} : { northAmerica }),
      ...(countsAs === undefined ? {} : { countsAs }),
      pauses: facts.countries.marketingPaused.filter(
        (pause) => pause.country === country || pause.country === countsAs,
      ),
    };
  },
  judge: ({ purpose, country, northAmerica, countsAs, pauses }, at) => {
    if (purpose !== 'marketing') return skip(`${purpose} messages are not paused anywhere`);
    if (pauses === undefined) return skip('there is no policy on countries');
    if (country === undefined && countsAs === undefined)
      return pass('the country is not known, and so not a paused one');
    const pause = pauses.find((each) => isInForce(each, at));
    const where = country ?? `+1 (${northAmerica})`;
    if (pause === undefined) return pass(`marketing to ${where} is not paused`);
    const as = countsAs === pause.country && countsAs !== country ? `, which goes with ${countsAs}` : '';
    return refuse(
      'marketing-paused-in-country',
      `marketing to ${where}${as} is paused since ${pause.from}: ${pause.because}`,
    );
  },
};

/** Toll-free numbers, territories and area codes that nobody knows: the policy says whether they go with the States. */
function countryCountedAs({ country, northAmerica }: RecipientFacts, policy: CountriesPolicy): string | undefined {
  const { tollFree, territories, unknown } = policy.northAmerica;
  if (northAmerica === 'toll-free') return tollFree === 'paused' ? 'US' : undefined;
  if (northAmerica === 'unknown') return unknown === 'paused' ? 'US' : undefined;
  if (country !== undefined && unitedStatesTerritories.has(country)) return territories === 'paused' ? 'US' : country;
  return country;
}

const isInForce = ({ from, until }: MarketingPause, at: Date): boolean =>
  at.getTime() >= Date.parse(from) && (until === undefined || at.getTime() < Date.parse(until));
