import type { CampaignDesign } from '@postrider/event-contracts';
import { createHash } from 'node:crypto';

/** The name of a variant, `undefined` where there is no experiment, or `holdout`: gets nothing. */
export type Assigned = { readonly holdout: true } | { readonly holdout: false; readonly variant?: string };

/** A number in [0, 1) that is always the same for this person in this campaign, whoever computes it and however often. */
export function placeOf(campaignId: string, personKey: string): number {
  return createHash('sha256').update(`${campaignId}:${personKey}`).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** Who gets which variant: the holdout's share first, the rest by weight. */
export function assign(experiment: CampaignDesign['experiment'], campaignId: string, personKey: string): Assigned {
  if (experiment === undefined) return { holdout: false };
  const { variants, holdout = 0 } = experiment;
  const place = placeOf(campaignId, personKey);
  if (place < holdout) return { holdout: true };
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let left = ((place - holdout) / (1 - holdout)) * total;
  for (const { name, weight } of variants) {
    if (left < weight) return { holdout: false, variant: name };
    left -= weight;
  }
  return { holdout: false, variant: variants.at(-1)!.name };
}
