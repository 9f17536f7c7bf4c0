import { countryIsServed } from './country-is-served.rule';
import { exampleFacts, numberIn } from './example-facts';
import { defaultPolicies } from './policies/policies';
import { specify } from './rule-table';

const countries = defaultPolicies.countries;
const inCountry = (country?: string) => exampleFacts({ countries, recipient: numberIn({ country }) });

specify(countryIsServed, [
  ['a served country', inCountry('DE'), 'pass'],
  ['Cuba', inCountry('CU'), 'refuse country-not-served'],
  ['Iran', inCountry('IR'), 'refuse country-not-served'],
  ['a country that cannot be told', inCountry(), 'skip'],
  ['no policy to hand', exampleFacts({ recipient: numberIn({ country: 'CU' }) }), 'skip'],
  [
    'a country that the workspace does not serve',
    exampleFacts({ countries: { ...countries, notServed: ['DE'] }, recipient: numberIn({ country: 'DE' }) }),
    'refuse country-not-served',
  ],
]);
