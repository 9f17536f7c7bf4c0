import { placeAgain, placeOf } from './place';

it.each([
  ['New York', '+12125550100', { country: 'US', northAmerica: 'geographic' }],
  ['Toronto', '+14165550100', { country: 'CA', northAmerica: 'geographic' }],
  ['San Juan, Puerto Rico', '+17875550100', { country: 'PR', northAmerica: 'geographic' }],
  ['Kingston, Jamaica', '+18765550100', { country: 'JM', northAmerica: 'geographic' }],
  ['a toll-free number', '+18882345678', { northAmerica: 'toll-free' }],
  ['an area code of nobody', '+15550100001', { northAmerica: 'unknown' }],
  ['Berlin', '+4930123456', { country: 'DE' }],
])('%s', (_, phone, place) => {
  expect(placeOf({ phone })).toEqual(place);
  expect(placeAgain({ phone }, 'country' in place ? place.country : undefined)).toEqual(place);
});

it('of a user id is the country it begins with', () => {
  expect(placeOf({ userId: 'US.13491208655302741918' })).toEqual({ country: 'US' });
  expect(placeAgain({ userId: 'DE.ENT.1' }, undefined)).toEqual({ country: 'DE' });
  expect(placeOf({ userId: 'x' })).toEqual({});
});
