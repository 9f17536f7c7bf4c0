import type { Purpose } from '@postrider/event-contracts';
import { purposeOf } from './category-is-metas.rule';
import { lastStatement } from './consent';
import { pass, refuse, type Rule } from './rule';

interface Inputs {
  readonly purpose: Purpose;
  /** Whether silence is a no. */
  readonly required: boolean;
  readonly consent: 'granted' | 'revoked' | 'unknown';
  readonly source?: string;
  readonly saidAt?: string;
}

export const recipientHasConsented: Rule<Inputs> = {
  name: 'recipient-has-consented',
  clause: {
    text: 'A business writes only to people who agreed to it. Unknown is no for marketing.',
    source: 'https://developers.facebook.com/docs/whatsapp/overview/getting-opt-in',
  },
  codes: ['no-consent'],
  inputs: (facts) => {
    const purpose = purposeOf(facts);
    const said = lastStatement(facts, purpose);
    return {
      purpose,
      required: purpose === 'marketing' || facts.channel.consentRequired === true,
      consent: said?.state ?? 'unknown',
      ...(said === undefined ? {} : { source: said.source, saidAt: said.saidAt }),
    };
  },
  judge: ({ purpose, required, consent, source, saidAt }) => {
    if (consent === 'granted') return pass(`consent to ${purpose} messages was given (${source}) at ${saidAt}`);
    if (consent === 'revoked')
      return refuse('no-consent', `consent to ${purpose} messages was taken back (${source}) at ${saidAt}`);
    if (required) return refuse('no-consent', `nothing is known of a consent to ${purpose} messages`);
    return pass(`nothing is known of a consent, and ${purpose} messages do not need one here`);
  },
};
