import { exampleFacts, template } from './example-facts';
import { specify } from './rule-table';
import { budgetReturnsAt, withinMarketingBudget } from './within-marketing-budget.rule';

const after = (times: number, lastAt: string, more = {}) => exampleFacts({ heldBack: { times, lastAt }, ...more });

specify(withinMarketingBudget, [
  ['Meta never held anything back', exampleFacts(), 'pass'],
  ['held back an hour ago', after(1, '2026-03-10T11:00:00.000Z'), 'hold marketing-budget'],
  ['held back a day ago', after(1, '2026-03-09T12:00:00.000Z'), 'pass'],
  ['held back for the second time a day ago', after(2, '2026-03-09T12:00:00.000Z'), 'hold marketing-budget'],
  [
    'held back an hour ago, and the person has written since',
    after(1, '2026-03-10T11:00:00.000Z', { lastInboundAt: '2026-03-10T11:30:00.000Z' }),
    'pass',
  ],
  [
    'held back an hour ago, utility',
    after(1, '2026-03-10T11:00:00.000Z', {
      channel: { purpose: 'transactional' },
      content: { kind: 'template', template: template({ category: 'UTILITY' }) },
    }),
    'skip',
  ],
]);

it.each([
  [1, 1],
  [2, 2],
  [3, 4],
  [4, 7],
  [40, 7],
])('after %d times it waits %d days', (times, days) => {
  const lastAt = '2026-03-10T00:00:00.000Z';
  expect(budgetReturnsAt({ times, lastAt }).getTime() - Date.parse(lastAt)).toBe(days * 86_400_000);
});
