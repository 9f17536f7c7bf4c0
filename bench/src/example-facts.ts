import type { Facts } from '@postrider/compliance';

/** Facts of a marketing template to somebody who has consented: every rule has something to look at. */
export function exampleFacts(): Facts {
  return {
    at: new Date('2026-03-10T12:00:00.000Z'),
    channel: { purpose: 'marketing' },
    recipient: { phone: 'usable', userId: false },
    consents: [
      { purpose: 'marketing', state: 'granted', source: 'web form', saidAt: '2026-01-01T00:00:00.000Z' },
      { purpose: 'marketing', state: 'granted', source: 'shop', saidAt: '2026-02-01T00:00:00.000Z' },
    ],
    content: {
      kind: 'template',
      template: {
        templateId: '0b2f0c9e-5a77-5a3e-9d0c-5a1f3c7e0001',
        name: 'welcome',
        language: 'en_US',
        state: 'approved',
        category: 'MARKETING',
        parameterProblems: [],
      },
    },
    sender: {
      senderId: '0b2f0c9e-5a77-5a3e-9d0c-5a1f3c7e0002',
      status: 'CONNECTED',
      account: { credentialsRejected: false },
      pauses: [],
    },
  };
}
