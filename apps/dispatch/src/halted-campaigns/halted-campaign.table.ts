import { EntitySchema } from 'typeorm';

/** A campaign of which nothing may leave. One that goes on has no row. */
export interface HaltedCampaignRow {
  campaignId: string;
  /** What waits of a paused one is held, of a stopped one cancelled. */
  state: 'paused' | 'stopped';
  haltedAt: Date;
}

export const HaltedCampaignTable = new EntitySchema<HaltedCampaignRow>({
  name: 'halted_campaign',
  columns: {
    campaignId: { name: 'campaign_id', type: 'uuid', primary: true },
    state: { type: 'text' },
    haltedAt: { name: 'halted_at', type: 'timestamptz' },
  },
});
