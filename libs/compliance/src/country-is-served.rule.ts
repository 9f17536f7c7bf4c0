import { pass, refuse, skip, type Rule } from './rule';

interface Inputs {
  readonly country?: string;
  readonly notServed?: boolean;
}

export const countryIsServed: Rule<Inputs> = {
  name: 'country-is-served',
  clause: {
    text: 'Nothing goes to countries that Meta excludes by sanctions, or that the workspace does not serve.',
    source: 'https://www.whatsapp.com/legal/business-terms (export and sanctions); policy "countries"',
  },
  codes: ['country-not-served'],
  inputs: ({ countries, recipient: { country } }) => {
    if (countries === undefined || country === undefined) return {};
    return { country, notServed: countries.notServed.includes(country) };
  },
  judge: ({ country, notServed }) => {
    if (country === undefined) return skip('the country is not known');
    return notServed === true
      ? refuse('country-not-served', `nothing is sent to ${country}`)
      : pass(`${country} is served`);
  },
};
