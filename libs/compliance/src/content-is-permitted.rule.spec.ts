import { contentIsPermitted } from './content-is-permitted.rule';
import { examineContent } from './content/examine-content';
import { exampleFacts } from './example-facts';
import { specify } from './rule-table';

const saying = (...texts: string[]) => exampleFacts({ findings: examineContent(texts) });
const refused = 'refuse content-not-permitted';

specify(contentIsPermitted, [
  ['words that nobody looked at', exampleFacts(), 'skip'],
  ['an order update', saying('Your order 4100 0231 is on its way', 'Anna'), 'pass'],
  ['a full card number', saying('Paid with 4111 1111 1111 1111'), refused],
  ['the last digits of a card', saying('Paid with the card ending in 1111'), 'pass'],
  ['a social security number', saying('SSN 219-09-9999'), refused],
  ['words of barred goods, which only warn', saying('New: cigarettes at the counter'), 'pass'],
  ['a field over its limit', exampleFacts({ findings: { ...examineContent([]), overLimits: ['text.body'] } }), refused],
]);

it('warns of barred goods by kind, and quotes nobody', () => {
  const facts = saying('大麻 und Cigarettes');
  const inputs = contentIsPermitted.inputs(facts);
  expect(inputs).toEqual({ findings: { cardNumber: false, nationalIds: [], barredGoods: ['tobacco', 'drugs'] } });
  expect(contentIsPermitted.judge(inputs, facts.at).because).toContain('warning');
});
