import type { Purpose } from '@postrider/event-contracts';
import { purposeOf } from './category-is-metas.rule';
import { isOwnWord, lastStatement } from './consent';
import { pass, refuse, type Rule } from './rule';

interface Inputs {
  readonly purpose: Purpose;
  readonly stop?: { readonly source: string; readonly saidAt: string };
}

export const recipientHasNotStopped: Rule<Inputs> = {
  name: 'recipient-has-not-stopped',
  clause: {
    text: 'Requests to stop are honoured at once: our keywords, the stop button in WhatsApp, 131050, a block.',
    source: 'https://business.whatsapp.com/policy',
  },
  codes: ['stopped'],
  inputs: (facts) => {
    const purpose = purposeOf(facts);
    const said = lastStatement(facts, purpose);
    const stop =
      said?.state === 'revoked' && isOwnWord(said) ? { source: said.source, saidAt: said.saidAt } : undefined;
    return { purpose, ...(stop === undefined ? {} : { stop }) };
  },
  judge: ({ purpose, stop }) =>
    stop === undefined
      ? pass(`the person has not stopped ${purpose} messages`)
      : refuse('stopped', `the person stopped ${purpose} messages (${stop.source}) at ${stop.saidAt}`),
};
