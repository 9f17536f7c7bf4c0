import type { SpendFacts } from './facts';
import { hold, pass, skip, type Rule } from './rule';

interface Inputs {
  readonly spend?: SpendFacts;
}

export const withinSpendLimit: Rule<Inputs> = {
  name: 'within-spend-limit',
  clause: {
    text: 'What messages cost by the rate card stays within what the workspace may spend in a day and in a month.',
    source: 'policy "spend"; https://developers.facebook.com/docs/whatsapp/pricing',
  },
  codes: ['spend-limit'],
  inputs: ({ spend }) => (spend === undefined ? {} : { spend }),
  judge: ({ spend }) => {
    if (spend === undefined) return skip('there is no policy on spend');
    const { currency, priceMicros = 0, today, thisMonth } = spend;
    if (today.limitMicros === undefined && thisMonth.limitMicros === undefined)
      return skip('there is no limit on spend');
    if (priceMicros === 0 && spend.priceMicros !== undefined) return pass('the message costs nothing');
    // The month's end is the later one: where both are used up, it decides.
    for (const [period, { spentMicros, limitMicros, endsAt }] of [
      ['month', thisMonth] as const,
      ['day', today] as const,
    ]) {
      if (limitMicros === undefined || spentMicros + Math.max(1, priceMicros) <= limitMicros) continue;
      const amounts = `${amount(spentMicros)} of ${amount(limitMicros)} ${currency}`;
      return hold(
        'spend-limit',
        new Date(endsAt),
        `${amounts} are spent this ${period}, and this message costs ${amount(priceMicros)}`,
      );
    }
    return pass(
      spend.priceMicros === undefined
        ? 'the rate card has no price for it'
        : `it costs ${amount(priceMicros)} ${currency}`,
    );
  },
};

const amount = (micros: number): string => String(micros / 1_000_000);
