import type { Facts } from './facts';
import { pass, refuse, type Rule } from './rule';

interface Inputs {
  readonly phone: Facts['recipient']['phone'];
  readonly userId: boolean;
  /** Meta sends one-time passwords to phone numbers only. */
  readonly phoneOnly: boolean;
}

export const recipientIsAddressable: Rule<Inputs> = {
  name: 'recipient-is-addressable',
  clause: {
    text: 'A message goes to a possible phone number or to a business-scoped user id; authentication templates to a number.',
    source: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes (131026, 131062)',
  },
  codes: ['not-addressable'],
  inputs: (facts) => ({
    phone: facts.recipient.phone,
    userId: facts.recipient.userId,
    phoneOnly: facts.content.kind === 'template' && facts.content.template.category === 'AUTHENTICATION',
  }),
  judge: ({ phone, userId, phoneOnly }) => {
    if (phone === 'usable') return pass('there is a phone number');
    if (phone === 'unusable') return refuse('not-addressable', 'the phone number is not a possible one');
    if (!userId) return refuse('not-addressable', 'there is neither a phone number nor a user id');
    if (phoneOnly) return refuse('not-addressable', 'an authentication template needs a phone number');
    return pass('there is a user id');
  },
};
