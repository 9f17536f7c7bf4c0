import { categoryIsMetas, purposeOf } from './category-is-metas.rule';
import { exampleFacts, freeText, template } from './example-facts';
import { specify } from './rule-table';

specify(categoryIsMetas, [
  ['free text has no category', exampleFacts({ content: freeText }), 'skip'],
  ["a template has Meta's", exampleFacts(), 'pass'],
]);

const purposes = [
  ['marketing', 'MARKETING', 'marketing'],
  ['marketing', 'UTILITY', 'marketing'],
  ['transactional', 'UTILITY', 'transactional'],
  ['transactional', 'AUTHENTICATION', 'transactional'],
  ['transactional', 'MARKETING', 'marketing'],
] as const;
test.each(purposes)('in a %s channel, %s is sent as %s', (channel, category, purpose) => {
  const facts = exampleFacts({
    channel: { purpose: channel },
    content: { kind: 'template', template: template({ category }) },
  });
  expect(purposeOf(facts)).toBe(purpose);
});
