import { consent, exampleFacts, template } from './example-facts';
import { recipientHasConsented } from './recipient-has-consented.rule';
import { specify } from './rule-table';

const earlier = '2026-02-01T00:00:00.000Z';
const later = '2026-02-02T00:00:00.000Z';
const utility = { kind: 'template', template: template({ category: 'UTILITY' }) } as const;
const transactional = { purpose: 'transactional' } as const;

specify(recipientHasConsented, [
  ['marketing, consent given', exampleFacts(), 'pass'],
  ['marketing, nothing known', exampleFacts({ consents: [] }), 'refuse no-consent'],
  [
    'marketing, consent to the other purpose only',
    exampleFacts({ consents: [consent({ purpose: 'transactional' })] }),
    'refuse no-consent',
  ],
  ['transactional, nothing known', exampleFacts({ channel: transactional, content: utility, consents: [] }), 'pass'],
  [
    'transactional, nothing known, in a channel that asks for consent',
    exampleFacts({ channel: { ...transactional, consentRequired: true }, content: utility, consents: [] }),
    'refuse no-consent',
  ],
  [
    'a template that Meta calls marketing, in a transactional channel, nothing known',
    exampleFacts({ channel: transactional, consents: [] }),
    'refuse no-consent',
  ],
  [
    'given, then taken back',
    exampleFacts({ consents: [consent({ saidAt: earlier }), consent({ state: 'revoked', saidAt: later })] }),
    'refuse no-consent',
  ],
  [
    'taken back, then given again, known in the wrong order',
    exampleFacts({ consents: [consent({ saidAt: later }), consent({ state: 'revoked', saidAt: earlier })] }),
    'pass',
  ],
  [
    'given and taken back in the same instant',
    exampleFacts({ consents: [consent({ state: 'revoked', saidAt: later }), consent({ saidAt: later })] }),
    'refuse no-consent',
  ],
  [
    'taken back for another sender',
    exampleFacts({ consents: [consent(), consent({ state: 'revoked', saidAt: later, senderId: 'another' })] }),
    'pass',
  ],
]);
