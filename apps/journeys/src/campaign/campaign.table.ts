import { EntitySchema } from 'typeorm';
import type { CampaignState, Phase } from './campaign-state';

export interface CampaignRow {
  campaignId: string;
  workspaceId: string;
  name: string;
  phase: Phase;
  startAt: Date | null;
  draftedAt: Date;
  state: CampaignState;
  /** Null while it may go on. */
  endedAt: Date | null;
}

export const CampaignTable = new EntitySchema<CampaignRow>({
  name: 'campaign',
  columns: {
    campaignId: { name: 'campaign_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    name: { type: 'text' },
    phase: { type: 'text' },
    startAt: { name: 'start_at', type: 'timestamptz', nullable: true },
    draftedAt: { name: 'drafted_at', type: 'timestamptz' },
    state: { type: 'jsonb' },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
  },
  indices: [
    { name: 'campaign_in_time', columns: ['workspaceId', 'draftedAt', 'campaignId'] },
    { name: 'campaign_phase', columns: ['phase'] },
  ],
});

/** How far an occurrence has come; written by whoever plans and hands over. */
export interface OccurrenceRow {
  campaignId: string;
  occurrence: number;
  batches: number;
  plannedLine: number;
  planned: boolean;
  /** Whether the figures know of everybody on its list. */
  counted: boolean;
  retries: number;
  sampledAt: Date | null;
  sampled: number;
  rate: number | null;
}

export const OccurrenceTable = new EntitySchema<OccurrenceRow>({
  name: 'occurrence',
  columns: {
    campaignId: { name: 'campaign_id', type: 'uuid', primary: true },
    occurrence: { type: 'int', primary: true },
    batches: { type: 'int' },
    plannedLine: { name: 'planned_line', type: 'int' },
    planned: { type: 'boolean' },
    counted: { type: 'boolean' },
    retries: { type: 'int' },
    sampledAt: { name: 'sampled_at', type: 'timestamptz', nullable: true },
    sampled: { type: 'int' },
    rate: { type: 'double precision', nullable: true },
  },
});

export interface FigureRow {
  campaignId: string;
  occurrence: number;
  variant: string;
  measure: string;
  amount: number;
}

export const FigureTable = new EntitySchema<FigureRow>({
  name: 'campaign_figure',
  columns: {
    campaignId: { name: 'campaign_id', type: 'uuid', primary: true },
    occurrence: { type: 'int', primary: true },
    variant: { type: 'text', primary: true },
    measure: { type: 'text', primary: true },
    amount: { type: 'double precision' },
  },
});
