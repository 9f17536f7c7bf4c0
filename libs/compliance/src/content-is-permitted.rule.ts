import type { ContentFindings } from './content/examine-content';
import { pass, refuse, skip, type Rule } from './rule';

interface Inputs {
  readonly findings?: ContentFindings;
}

export const contentIsPermitted: Rule<Inputs> = {
  name: 'content-is-permitted',
  clause: {
    text: 'No full card numbers, no national identity numbers, nothing over its limits; words of goods that Meta bars are warned of.',
    source: 'https://business.whatsapp.com/policy; https://www.facebook.com/policies_center/commerce',
  },
  codes: ['content-not-permitted'],
  inputs: ({ findings }) => (findings === undefined ? {} : { findings }),
  judge: ({ findings }) => {
    if (findings === undefined) return skip('the words are not to hand');
    const { cardNumber, nationalIds, barredGoods, overLimits = [] } = findings;
    const found = [
      ...(cardNumber ? ['a full card number'] : []),
      ...nationalIds.map((kind) => `a national identity number (${kind})`),
      ...overLimits.map((path) => `${path} over its limit`),
    ];
    if (found.length > 0) return refuse('content-not-permitted', `the message holds ${found.join(', ')}`);
    if (barredGoods.length === 0) return pass('nothing was found that may not be sent');
    return pass(`warning: words of goods that Meta's commerce policy bars or limits (${barredGoods.join(', ')})`);
  },
};
