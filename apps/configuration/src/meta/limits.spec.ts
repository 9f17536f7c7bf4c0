import { messagingLimit, throughputPerSecond } from './limits';

describe('the throughput of a number', () => {
  it.each([
    ['STANDARD', 80],
    ['HIGH', 1000],
    ['NOT_APPLICABLE', 20],
    ['SOMETHING_NEW', 20],
    [undefined, 80],
  ])('of level %s is %d a second', (level, expected) => {
    expect(throughputPerSecond(level)).toBe(expected);
  });
});

describe('the messaging limit of a portfolio', () => {
  it.each([
    ['TIER_250', { tier: 'TIER_250', limit: 250 }],
    ['TIER_2K', { tier: 'TIER_2K', limit: 2000 }],
    ['TIER_100K', { tier: 'TIER_100K', limit: 100_000 }],
    ['TIER_UNLIMITED', { tier: 'TIER_UNLIMITED', limit: null }],
    [2000, { tier: 'TIER_2K', limit: 2000 }],
    [-1, { tier: 'TIER_UNLIMITED', limit: null }],
    ['TIER_NOT_SET', undefined],
    [undefined, undefined],
  ])('of %s is %j', (tier, expected) => {
    expect(messagingLimit(tier)).toEqual(expected);
  });
});
