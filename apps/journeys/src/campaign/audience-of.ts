import { filterOf, gatheredAudienceId } from '../audience/gathered-audience';
import type { CampaignState } from './campaign-state';

/** Whether it is settled whom it goes to: a list with somebody on it, or a filter. */
export const hasAudience = ({ design, audience }: CampaignState): boolean =>
  design !== undefined && (filterOf(design) !== undefined || (audience?.people ?? 0) > 0);

/** The list that an occurrence goes by; undefined where there is none yet. */
export function audienceIdOf({ design, audience, campaignId }: CampaignState, occurrence: number): string | undefined {
  return design && filterOf(design) ? gatheredAudienceId(campaignId, occurrence) : audience?.audienceId;
}
