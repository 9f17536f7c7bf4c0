import { exampleFacts, freeText, template } from './example-facts';
import { healthContentStays } from './health-content-stays.rule';
import { isFreeOfHealthContent } from './policies/health';
import { specify } from './rule-table';

const marked = { kind: 'template', template: template({ freeOfHealthContent: true }) } as const;

specify(healthContentStays, [
  ['a workspace that is not regulated', exampleFacts({ content: freeText }), 'skip'],
  ['a marked template in a regulated one', exampleFacts({ regulated: true, content: marked }), 'pass'],
  ['a template that nobody marked', exampleFacts({ regulated: true }), 'refuse health-content'],
  ['free text', exampleFacts({ regulated: true, content: freeText }), 'refuse health-content'],
]);

it('goes by the name of a template, and by its language where one is given', () => {
  const policy = { regulated: true, freeOfHealthContent: [{ name: 'reminder' }, { name: 'welcome', language: 'es' }] };
  const isFree = (name: string, language: string) => isFreeOfHealthContent(policy, { name, language });
  expect([isFree('reminder', 'en_US'), isFree('welcome', 'es'), isFree('welcome', 'en_US')]).toEqual([
    true,
    true,
    false,
  ]);
});
