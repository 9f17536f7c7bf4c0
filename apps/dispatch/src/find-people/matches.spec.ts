import { AudienceFilter } from '@postrider/event-contracts';
import { matches } from './matches';

const ada = {
  ...{ name: 'Ada', language: 'es', timeZone: 'Europe/Madrid', country: 'ES' },
  attributes: { tier: 'Gold', orders: 12, since: '2025-03-01', tags: ['vip', 'Beta'], score: '9.5', empty: '' },
};
const so = (filter: unknown): boolean => matches(AudienceFilter.parse(filter), ada);
const one = (field: string, op: string, value?: unknown): boolean =>
  so({ all: [{ field, op, ...(value === undefined ? {} : { value }) }] });

describe('a filter', () => {
  it.each([
    ['a word, whatever its case', 'attributes.tier', 'is', 'gold', true],
    ['another word', 'attributes.tier', 'is', 'silver', false],
    ['a number, however it is written', 'attributes.orders', 'is', '12', true],
    ['one of a list', 'attributes.tags', 'is', 'beta', true],
    ['none of a list', 'attributes.tags', 'isNot', 'beta', false],
    ['what is not there', 'attributes.size', 'isNot', 'M', true],
    ['what is not there either', 'attributes.size', 'is', 'M', false],
    ['one of several', 'country', 'oneOf', ['PT', 'ES'], true],
    ['a part', 'timeZone', 'contains', 'madrid', true],
    ['a larger number', 'attributes.orders', 'above', 9, true],
    ['a larger number, not a later word', 'attributes.orders', 'above', '9', true],
    ['a number kept as a word', 'attributes.score', 'below', 10, true],
    ['a later day', 'attributes.since', 'above', '2025-02-28T12:00:00Z', true],
    ['a word with a number', 'attributes.tier', 'above', 3, false],
    ['what is not there with a number', 'attributes.size', 'below', 3, false],
  ])('compares %s', (_, field, op, value, expected) => {
    expect(one(field, op, value)).toBe(expected);
  });

  it('knows what is there from what is not, empty being not', () => {
    expect([
      one('attributes.tier', 'exists'),
      one('attributes.empty', 'exists'),
      one('attributes.empty', 'missing'),
    ]).toEqual([true, false, true]);
  });

  it('joins: all, any and none', () => {
    const gold = { field: 'attributes.tier', op: 'is', value: 'gold' };
    const german = { field: 'language', op: 'is', value: 'de' };
    expect([so({}), so({ all: [gold, german] }), so({ any: [gold, german] }), so({ none: [gold] })]).toEqual([
      ...[true, false, true, false],
    ]);
    expect(so({ all: [gold], none: [german] })).toBe(true);
  });

  it('is refused where it asks for what a contact does not have, or compares with nothing', () => {
    for (const wrong of [
      { all: [{ field: 'shoeSize', op: 'is', value: 1 }] },
      { all: [{ field: 'language', op: 'is' }] },
      { all: [{ field: 'language', op: 'like', value: 'e' }] },
      { any: [] },
      { every: [] },
    ]) {
      expect(AudienceFilter.safeParse(wrong).success).toBe(false);
    }
  });
});
