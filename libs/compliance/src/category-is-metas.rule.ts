import type { Purpose, TemplateCategory } from '@postrider/event-contracts';
import type { Facts } from './facts';
import { pass, skip, type Rule } from './rule';

/**
 * The purpose that the other rules go by. A marketing template is marketing whatever its channel says; a channel for
 * marketing stays one whatever is sent through it.
 */
export function purposeOf(facts: Facts): Purpose {
  const category = facts.content.kind === 'template' ? facts.content.template.category : undefined;
  return category === 'MARKETING' ? 'marketing' : facts.channel.purpose;
}

interface Inputs {
  readonly channelPurpose: Purpose;
  readonly category?: TemplateCategory;
  readonly purpose: Purpose;
}

export const categoryIsMetas: Rule<Inputs> = {
  name: 'category-is-metas',
  clause: {
    text: "A template's category is the one that Meta has given it, also after a recategorisation.",
    source: 'https://developers.facebook.com/docs/whatsapp/updates-to-pricing/new-template-guidelines',
  },
  codes: [],
  inputs: (facts) => ({
    channelPurpose: facts.channel.purpose,
    ...(facts.content.kind === 'template' ? { category: facts.content.template.category } : {}),
    purpose: purposeOf(facts),
  }),
  judge: ({ category, channelPurpose, purpose }) => {
    if (category === undefined) return skip(`not a template; the channel's purpose is ${channelPurpose}`);
    return pass(`Meta's category is ${category}, so the purpose is ${purpose}`);
  },
};
