import {
  CampaignFinished,
  CampaignLaunched,
  CampaignPaused,
  CampaignResumed,
  CampaignRetried,
  CampaignScheduled,
  CampaignStopped,
} from '@postrider/event-contracts';
import { refuse, type Outcome } from '@postrider/decider';
import { audienceIdOf, hasAudience } from './audience-of';
import type { CampaignEvent, CampaignState } from './campaign-state';
import type { RuleBroken } from './stop-rules';

type Decided = Outcome<CampaignEvent>;

/** From a draft or an approval to its minute. */
export function schedule(state: CampaignState, startAt: Date, needsApproval: boolean): Decided {
  const { phase, campaignId, occurrence } = state;
  if (phase !== 'draft' && phase !== 'approved') {
    return refuse('conflict', `A campaign that is ${phase} cannot be launched.`);
  }
  if (!hasAudience(state)) return refuse('conflict', 'There is nobody to send to: upload an audience.');
  if (needsApproval && phase !== 'approved') {
    return refuse('not-approved', 'In this workspace another key has to approve a campaign before it is launched.');
  }
  return [CampaignScheduled.of({ campaignId, occurrence: occurrence + 1, startAt: startAt.toISOString() })];
}

/** Begins the occurrence whose time has come. Asked again, nothing follows. */
export function launch(state: CampaignState, now: Date): Decided {
  const { phase, startAt, occurrence } = state;
  if (phase !== 'scheduled' || startAt === undefined || Date.parse(startAt) > now.getTime()) return [];
  const next = { campaignId: state.campaignId, occurrence: occurrence + 1 };
  const audienceId = audienceIdOf(state, next.occurrence);
  return audienceId === undefined ? [] : [CampaignLaunched.of({ ...next, audienceId })];
}

export function pause(state: CampaignState, because: string, rule?: RuleBroken): Decided {
  const { phase, campaignId } = state;
  if (phase === 'paused') return [];
  if (phase !== 'running' && phase !== 'scheduled') return refuse('conflict', `It is ${phase}: nothing can be paused.`);
  return [CampaignPaused.of({ campaignId, because, ...(rule && { rule }) })];
}

export function resume(state: CampaignState): Decided {
  if (state.phase !== 'paused') return refuse('conflict', `It is ${state.phase}, not paused.`);
  return [CampaignResumed.of({ campaignId: state.campaignId })];
}

export function stop(state: CampaignState, because: string, rule?: RuleBroken): Decided {
  const { phase, campaignId } = state;
  if (phase === 'stopped') return [];
  if (phase === 'none' || phase === 'finished') return refuse('conflict', `It is ${phase}: nothing can be stopped.`);
  return [CampaignStopped.of({ campaignId, because, ...(rule && { rule }) })];
}

export function retry(state: CampaignState, failed: number): Decided {
  const { phase, campaignId, occurrence, retries } = state;
  if (phase !== 'finished' && phase !== 'running') {
    return refuse('conflict', `What failed of a campaign that is ${phase} cannot be sent again.`);
  }
  if (failed === 0) return refuse('conflict', 'Nothing failed, so there is nothing to send again.');
  return [CampaignRetried.of({ campaignId, occurrence, retry: retries + 1 })];
}

/** `retries` is how many the figures know of: a retry that came meanwhile keeps it open. */
export function finish(
  state: CampaignState,
  seen: { occurrence: number; retries: number; figures: Record<string, number>; nextAt?: Date | undefined },
): Decided {
  const { phase, campaignId, occurrence, retries } = state;
  if (phase !== 'running' || occurrence !== seen.occurrence || retries !== seen.retries) return [];
  const next = seen.nextAt === undefined ? {} : { nextAt: seen.nextAt.toISOString() };
  return [CampaignFinished.of({ campaignId, occurrence, figures: seen.figures, ...next })];
}
