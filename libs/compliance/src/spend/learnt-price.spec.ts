import { learntCategory, type ReportedPrice } from './learnt-price';

it.each<[string, ReportedPrice, string | undefined]>([
  ['what Meta bills', { billable: true, type: 'regular', category: 'utility' }, 'utility'],
  ['an old answer without a type', { billable: true, category: 'marketing' }, 'marketing'],
  ['a new answer without billable', { type: 'regular', category: 'service' }, 'service'],
  ['a free one, by its type alone', { type: 'free_customer_service', category: 'utility' }, 'free'],
  ['one that came by an advertisement', { billable: false, type: 'free_entry_point', category: 'service' }, 'free'],
  ['a name with underscores', { category: 'authentication_international' }, 'authentication-international'],
  ["the Marketing Messages API's", { type: 'regular', category: 'marketing_lite' }, 'marketing'],
  ['a category that no rate card has', { type: 'regular', category: 'general_purpose_ai' }, undefined],
  ['nothing at all', {}, undefined],
])('%s', (_, reported, category) => {
  expect(learntCategory(reported)).toBe(category);
});
