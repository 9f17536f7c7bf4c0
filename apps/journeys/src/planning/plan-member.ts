import type { CampaignDesign } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { MemberToPlan } from '../audience/person';
import { assign } from '../campaign/assignment';
import { languageFor, type DesignInUse } from './design-in-use';
import { priceOf, type RateCard } from './rate-card';

/** What one person gets, settled for good. */
export interface PlannedRecipient {
  readonly recipientId: string;
  readonly line: number;
  readonly personKey: string;
  readonly variant: string;
  readonly state: 'planned' | 'refused' | 'holdout';
  readonly code: string | null;
  readonly price: number;
  /** The body of `POST /v1/messages`. */
  readonly command?: Readonly<Record<string, unknown>>;
  /** Why nothing is asked for, for whoever checks before sending. Quotes no value. */
  readonly because?: string;
}

export interface PlanContext {
  readonly campaignId: string;
  readonly occurrence: number;
  readonly design: CampaignDesign;
  readonly inUse: DesignInUse;
  readonly rates: RateCard | undefined;
  readonly now: Date;
}

/** Freezes what a person gets. Pure: planning again after a crash gives the same. */
export function planMember(context: PlanContext, { personKey, line, country, member }: MemberToPlan): PlannedRecipient {
  const { campaignId, occurrence, design, inUse } = context;
  const recipientId = derivedId.fact('recipient', campaignId, String(occurrence), personKey);
  const assigned = assign(design.experiment, campaignId, personKey);
  const base = { recipientId, line, personKey, code: null, price: 0 };
  if (assigned.holdout) return { ...base, variant: 'holdout', state: 'holdout' };
  const variant = assigned.variant ?? '';
  const arm = inUse.arms.get(variant)!;
  const refused = (code: string, because: string): PlannedRecipient => ({
    ...{ ...base, variant, code, because },
    state: 'refused',
  });
  const template = languageFor(arm, member.row, inUse.channel.locale);
  if (template === undefined) return refused('template-not-approved', 'there is no approved template in the language');
  const filled = arm.personaliser.fill(member.row);
  if (!filled.ok) return refused('parameters-mismatch', `${filled.variable}: ${filled.because}`);
  const none = Object.keys(filled.values).length === 0;
  return {
    ...base,
    variant,
    state: 'planned',
    price: priceOf(context.rates, country, template.category, context.now) ?? 0,
    command: {
      channel: inUse.channel.channelId,
      to: member.to,
      template: { name: arm.template.name, language: template.language, ...(none ? {} : { variables: filled.values }) },
      reference: recipientId,
      ...(design.expiresAt === undefined ? {} : { expiresAt: design.expiresAt }),
    },
  };
}
