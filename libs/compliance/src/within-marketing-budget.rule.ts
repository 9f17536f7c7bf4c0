import type { Purpose } from '@postrider/event-contracts';
import { purposeOf } from './category-is-metas.rule';
import type { HeldBackFacts } from './facts';
import { hold, pass, skip, type Rule } from './rule';

const dayMs = 86_400_000;
const longestDays = 7;

/** A day after the first refusal, two after the second, and so on, doubled to a week. */
export const budgetReturnsAt = ({ times, lastAt }: HeldBackFacts): Date =>
  new Date(Date.parse(lastAt) + Math.min(2 ** (Math.max(1, times) - 1), longestDays) * dayMs);

interface Inputs {
  readonly purpose: Purpose;
  readonly heldBack?: HeldBackFacts;
  readonly lastInboundAt?: string;
}

export const withinMarketingBudget: Rule<Inputs> = {
  name: 'within-marketing-budget',
  clause: {
    text: 'Where Meta held back marketing to a person, no more for at least a day, longer each time, until they write.',
    source: 'https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates (131049)',
  },
  codes: ['marketing-budget'],
  inputs: (facts) => {
    const purpose = purposeOf(facts);
    const { heldBack, lastInboundAt } = facts;
    if (purpose !== 'marketing' || heldBack === undefined) return { purpose };
    return { purpose, heldBack, ...(lastInboundAt === undefined ? {} : { lastInboundAt }) };
  },
  judge: ({ purpose, heldBack, lastInboundAt }, at) => {
    if (purpose !== 'marketing') return skip('Meta holds back marketing only');
    if (heldBack === undefined || heldBack.times === 0) return pass('Meta has not held back marketing to this person');
    if (lastInboundAt !== undefined && Date.parse(lastInboundAt) > Date.parse(heldBack.lastAt)) {
      return pass('the person has written since Meta last held back marketing');
    }
    const until = budgetReturnsAt(heldBack);
    const times = heldBack.times === 1 ? 'once' : `${heldBack.times} times`;
    return at < until
      ? hold('marketing-budget', until, `Meta held back marketing to this person ${times}, last at ${heldBack.lastAt}`)
      : pass(`the wait since Meta last held back marketing was over at ${until.toISOString()}`);
  },
};
