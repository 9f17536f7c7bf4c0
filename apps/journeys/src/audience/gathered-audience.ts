import type { AudienceFilter, CampaignDesign } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';

/** The filter by which a campaign finds its people; undefined where they are uploaded. */
export const filterOf = ({ audience }: CampaignDesign): AudienceFilter | undefined =>
  audience?.kind === 'contacts' ? audience.filter : undefined;

/** Each occurrence has its own list: who the filter means may change from one to the next. */
export const gatheredAudienceId = (campaignId: string, occurrence: number): string =>
  derivedId.fact('audience', campaignId, String(occurrence));
