import { consent, exampleFacts } from './example-facts';
import { recipientHasNotStopped } from './recipient-has-not-stopped.rule';
import { specify } from './rule-table';

const saidAt = '2026-02-01T00:00:00.000Z';
const stoppedBy = (source: string) =>
  exampleFacts({ consents: [consent(), consent({ state: 'revoked', source, saidAt })] });

specify(recipientHasNotStopped, [
  ['never stopped', exampleFacts(), 'pass'],
  ['wrote our keyword', stoppedBy('keyword'), 'refuse stopped'],
  ["used WhatsApp's stop button", stoppedBy('preference'), 'refuse stopped'],
  ['Meta answered 131050', stoppedBy('error-131050'), 'refuse stopped'],
  ['blocked us', stoppedBy('block'), 'refuse stopped'],
  ['a caller took the consent back: recipient-has-consented refuses', stoppedBy('api'), 'pass'],
  [
    'stopped, and agreed again later',
    exampleFacts({
      consents: [
        consent({ saidAt: '2026-03-01T00:00:00.000Z' }),
        consent({ state: 'revoked', source: 'keyword', saidAt }),
      ],
    }),
    'pass',
  ],
  [
    'stopped marketing, and this is transactional',
    exampleFacts({
      channel: { purpose: 'transactional' },
      content: { kind: 'free-form', type: 'text' },
      consents: [consent({ state: 'revoked', source: 'keyword', saidAt })],
    }),
    'pass',
  ],
]);
