import type { ConsentStatement, Facts, RecipientFacts, SenderFacts, TemplateFacts } from './facts';

/** Facts under which everything may be sent; an example changes what it is about. */
export function exampleFacts(changes: Partial<Facts> = {}): Facts {
  return {
    at: new Date('2026-03-10T12:00:00.000Z'),
    channel: { purpose: 'marketing' },
    recipient: { phone: 'usable', userId: false },
    consents: [consent()],
    content: { kind: 'template', template: template() },
    sender: sender(),
    ...changes,
  };
}

/** Somebody with a number, in the places given. */
export const numberIn = (place: {
  readonly [K in keyof RecipientFacts]?: RecipientFacts[K] | undefined;
}): RecipientFacts => ({ phone: 'usable', userId: false, ...place }) as RecipientFacts;

export const freeText = { kind: 'free-form', type: 'text' } as const;

export const template = (changes: Partial<TemplateFacts> = {}): TemplateFacts => ({
  templateId: '0b2f0c9e-5a77-5a3e-9d0c-5a1f3c7e0001',
  name: 'welcome',
  language: 'en_US',
  state: 'approved',
  category: 'MARKETING',
  parameterProblems: [],
  ...changes,
});

export const withTemplate = (changes: Partial<TemplateFacts>): Facts =>
  exampleFacts({ content: { kind: 'template', template: template(changes) } });

export const consent = (changes: Partial<ConsentStatement> = {}): ConsentStatement => ({
  purpose: 'marketing',
  state: 'granted',
  source: 'api',
  saidAt: '2026-01-01T00:00:00.000Z',
  ...changes,
});

export const sender = (changes: Partial<SenderFacts> = {}): SenderFacts => ({
  senderId: '0b2f0c9e-5a77-5a3e-9d0c-5a1f3c7e0002',
  status: 'CONNECTED',
  account: { credentialsRejected: false },
  pauses: [],
  ...changes,
});
