import { exampleFacts } from './example-facts';
import type { SpendFacts } from './facts';
import { specify } from './rule-table';
import { withinSpendLimit } from './within-spend-limit.rule';

const endOfDay = '2026-03-11T00:00:00.000Z';
const endOfMonth = '2026-04-01T00:00:00.000Z';
const spend = (today: [number, number?], thisMonth: [number, number?] = [0], priceMicros?: number): SpendFacts => ({
  currency: 'EUR',
  ...(priceMicros === undefined ? {} : { priceMicros }),
  today: { spentMicros: today[0], ...(today[1] === undefined ? {} : { limitMicros: today[1] }), endsAt: endOfDay },
  thisMonth: {
    spentMicros: thisMonth[0],
    ...(thisMonth[1] === undefined ? {} : { limitMicros: thisMonth[1] }),
    endsAt: endOfMonth,
  },
});
const facts = (...args: Parameters<typeof spend>) => exampleFacts({ spend: spend(...args) });

specify(withinSpendLimit, [
  ['no policy on spend', exampleFacts(), 'skip'],
  ['no limit', facts([5]), 'skip'],
  ['within the day', facts([890_000, 1_000_000], [0], 110_000), 'pass'],
  ['one millionth over the day', facts([890_001, 1_000_000], [0], 110_000), 'hold spend-limit'],
  ['over the month', facts([0, 1_000_000], [999_999, 1_000_000], 110_000), 'hold spend-limit'],
  ['the limit is reached, and the message is free', facts([1_000_000, 1_000_000], [0], 0), 'pass'],
  ['the limit is reached, and the price is not known', facts([1_000_000, 1_000_000]), 'hold spend-limit'],
  ['within the limit, and the price is not known', facts([0, 1_000_000]), 'pass'],
]);

it.each([
  ['the end of the day', facts([1, 1], [0, 10], 1), endOfDay],
  ['the end of the month, the later one', facts([1, 1], [1, 1], 1), endOfMonth],
])('holds until %s', (_, given, until) => {
  expect(withinSpendLimit.judge(withinSpendLimit.inputs(given), given.at)).toMatchObject({ until: new Date(until) });
});
