import { exampleFacts, template } from './example-facts';
import { recipientIsAddressable } from './recipient-is-addressable.rule';
import { specify } from './rule-table';

const login = { kind: 'template', template: template({ category: 'AUTHENTICATION' }) } as const;

specify(recipientIsAddressable, [
  ['a possible phone number', exampleFacts({ recipient: { phone: 'usable', userId: false } }), 'pass'],
  ['a user id alone', exampleFacts({ recipient: { phone: 'absent', userId: true } }), 'pass'],
  ['an impossible number', exampleFacts({ recipient: { phone: 'unusable', userId: false } }), 'refuse not-addressable'],
  [
    'an impossible number, though a user id is known: Meta would take the number',
    exampleFacts({ recipient: { phone: 'unusable', userId: true } }),
    'refuse not-addressable',
  ],
  ['nothing', exampleFacts({ recipient: { phone: 'absent', userId: false } }), 'refuse not-addressable'],
  [
    'a one-time password to a user id',
    exampleFacts({ recipient: { phone: 'absent', userId: true }, content: login }),
    'refuse not-addressable',
  ],
]);
