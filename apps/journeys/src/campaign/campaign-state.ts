import type {
  AudienceUploaded,
  CampaignApproved,
  CampaignDesign,
  CampaignDrafted,
  CampaignFinished,
  CampaignLaunched,
  CampaignPaused,
  CampaignResumed,
  CampaignRetried,
  CampaignRevised,
  CampaignScheduled,
  CampaignStopped,
  EventOf,
  RecipientsPlanned,
} from '@postrider/event-contracts';

export type CampaignEvent = EventOf<
  | typeof CampaignDrafted
  | typeof CampaignRevised
  | typeof AudienceUploaded
  | typeof CampaignApproved
  | typeof CampaignScheduled
  | typeof CampaignLaunched
  | typeof RecipientsPlanned
  | typeof CampaignPaused
  | typeof CampaignResumed
  | typeof CampaignStopped
  | typeof CampaignRetried
  | typeof CampaignFinished
>;

/** What a caller sees as `state`, and `none` before the draft. */
export type Phase = 'none' | 'draft' | 'approved' | 'scheduled' | 'running' | 'paused' | 'stopped' | 'finished';

export interface CampaignAudience {
  readonly audienceId: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly people: number;
  readonly wrong: number;
  readonly repeated: number;
}

export interface CampaignState {
  readonly phase: Phase;
  readonly campaignId: string;
  readonly design?: CampaignDesign;
  /** Who wrote the words that stand now; nobody approves their own. */
  readonly by?: string;
  readonly audience?: CampaignAudience;
  readonly approvedBy?: string;
  /** The one that runs or ran last; 0 before the first. */
  readonly occurrence: number;
  /** When the next occurrence starts, while one is scheduled. */
  readonly startAt?: string;
  readonly pausedFrom?: 'scheduled' | 'running';
  /** Why it is paused or stopped. */
  readonly because?: string;
  readonly pausedBy?: string;
  /** Rules that paused this occurrence and were overruled by resuming it. */
  readonly waived: readonly string[];
  /** How often what failed of this occurrence was sent again. */
  readonly retries: number;
}
