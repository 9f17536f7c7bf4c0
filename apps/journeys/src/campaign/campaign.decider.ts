import {
  AudienceUploaded,
  CampaignApproved,
  CampaignDrafted,
  CampaignRevised,
  type CampaignDesign,
} from '@postrider/event-contracts';
import { refuse, type Decider, type Outcome } from '@postrider/decider';
import { filterOf } from '../audience/gathered-audience';
import { hasAudience } from './audience-of';
import type { CampaignAudience, CampaignEvent, CampaignState } from './campaign-state';

/** A campaign's life: draft → approved → scheduled → running ⇄ paused → finished or stopped. */
export const campaignDecider: Decider<CampaignState, CampaignEvent> = {
  initial: { phase: 'none', campaignId: '', occurrence: 0, waived: [], retries: 0 },
  evolve(state, event) {
    switch (event.type) {
      case 'CampaignDrafted':
      case 'CampaignRevised': {
        const { campaignId, design, by } = event.data;
        return { ...without(state, 'approvedBy'), phase: 'draft', campaignId, design, by };
      }
      case 'AudienceUploaded': {
        const { campaignId: _, ...audience } = event.data;
        return { ...without(state, 'approvedBy'), phase: 'draft', audience };
      }
      case 'CampaignApproved':
        return { ...state, phase: 'approved', approvedBy: event.data.by };
      case 'CampaignScheduled':
        return { ...state, phase: 'scheduled', startAt: event.data.startAt };
      case 'CampaignLaunched': {
        const { occurrence } = event.data;
        return { ...without(state, 'startAt'), phase: 'running', occurrence, waived: [], retries: 0 };
      }
      case 'CampaignPaused': {
        const { because, rule } = event.data;
        const pausedFrom = state.phase === 'scheduled' ? 'scheduled' : 'running';
        return { ...state, phase: 'paused', pausedFrom, because, ...(rule && { pausedBy: rule.name }) };
      }
      case 'CampaignResumed': {
        const { pausedFrom = 'running', pausedBy, waived } = state;
        const rest = without(state, 'pausedFrom', 'pausedBy', 'because');
        return { ...rest, phase: pausedFrom, waived: pausedBy === undefined ? waived : [...waived, pausedBy] };
      }
      case 'CampaignStopped':
        return {
          ...without(state, 'pausedFrom', 'pausedBy', 'startAt'),
          phase: 'stopped',
          because: event.data.because,
        };
      case 'CampaignRetried':
        return { ...state, phase: 'running', retries: event.data.retry };
      case 'CampaignFinished': {
        const { nextAt } = event.data;
        return nextAt === undefined
          ? { ...state, phase: 'finished' }
          : { ...state, phase: 'scheduled', startAt: nextAt };
      }
      default:
        return state;
    }
  },
};

function without<Key extends keyof CampaignState>(state: CampaignState, ...keys: Key[]): Omit<CampaignState, Key> {
  const rest = { ...state };
  for (const key of keys) delete rest[key];
  return rest;
}

type Decided = Outcome<CampaignEvent>;

/** Only what has not started may change. */
const stillOpen = ({ phase }: CampaignState): boolean => phase === 'draft' || phase === 'approved';

export function draft(state: CampaignState, campaignId: string, design: CampaignDesign, by: string): Decided {
  // Asked again under the same id, after a crash: it is there.
  return state.phase === 'none' ? [CampaignDrafted.of({ campaignId, design, by })] : [];
}

export function revise(state: CampaignState, design: CampaignDesign, by: string): Decided {
  if (!stillOpen(state)) return refuse('conflict', `A campaign that is ${state.phase} cannot be changed.`);
  return [CampaignRevised.of({ campaignId: state.campaignId, design, by })];
}

export function takeAudience(state: CampaignState, audience: CampaignAudience): Decided {
  if (state.design && filterOf(state.design)) {
    return refuse('conflict', 'Its people are found among the contacts by its filter; a list takes no part in that.');
  }
  if (!stillOpen(state)) return refuse('conflict', `The audience of a campaign that is ${state.phase} is fixed.`);
  return [AudienceUploaded.of({ campaignId: state.campaignId, ...audience, columns: [...audience.columns] })];
}

export function approve(state: CampaignState, by: string): Decided {
  if (state.phase === 'approved') return [];
  if (state.phase !== 'draft') return refuse('conflict', `A campaign that is ${state.phase} needs no approval.`);
  if (!hasAudience(state)) return refuse('conflict', 'There is no audience yet, so there is nothing to approve.');
  if (state.by === by) return refuse('forbidden', 'The key that wrote the campaign cannot approve it.');
  return [CampaignApproved.of({ campaignId: state.campaignId, by })];
}
