import { exampleFacts, freeText } from './example-facts';
import type { PortfolioFacts } from './facts';
import { specify } from './rule-table';
import { withinPortfolioLimit } from './within-portfolio-limit.rule';

const of = (changes: Partial<PortfolioFacts>) =>
  exampleFacts({ portfolio: { limit: 250, used: 250, includesRecipient: false, ...changes } });
const lastInboundAt = '2026-03-10T11:00:00.000Z';

specify(withinPortfolioLimit, [
  ['a limit that is not known', exampleFacts(), 'skip'],
  ['no limit', of({ limit: null }), 'pass'],
  ['below the limit', of({ used: 249 }), 'pass'],
  ['at the limit', of({}), 'hold portfolio-limit'],
  ['at the limit, to one of those written to already', of({ includesRecipient: true }), 'pass'],
  ['at the limit, inside the service window', { ...of({}), lastInboundAt }, 'skip'],
  [
    'at the limit, after the window closed',
    { ...of({}), lastInboundAt: '2026-03-09T11:00:00.000Z' },
    'hold portfolio-limit',
  ],
  ['free text', { ...of({}), content: freeText }, 'skip'],
]);

it('holds until one of those written to stops counting', () => {
  const facts = of({ roomAt: '2026-03-10T13:30:00.000Z' });
  expect(withinPortfolioLimit.judge(withinPortfolioLimit.inputs(facts), facts.at)).toMatchObject({
    until: new Date('2026-03-10T13:30:00.000Z'),
  });
});
