import { fold, type Clock, type Outcome, type Refusal } from '@postrider/decider';
import { changeStream, type EventLog, type StreamChanged } from '@postrider/event-store';
import { Problem, type Caller } from '@postrider/service-host';
import { campaignDecider } from './campaign.decider';
import type { CampaignEvent, CampaignState } from './campaign-state';

export type ActingCaller = Pick<Caller, 'workspaceId' | 'actor' | 'correlationId' | 'traceparent'>;

interface Deps {
  readonly log: EventLog;
  readonly clock: Clock;
}

/** The campaign as the log has it, or 404 where the caller's workspace has none of this id. */
export async function loadCampaign(
  { log }: Pick<Deps, 'log'>,
  caller: Pick<Caller, 'workspaceId'>,
  campaignId: string,
): Promise<CampaignState> {
  const events = await log.readStream(campaignId);
  const state = fold(campaignDecider, events as unknown as CampaignEvent[]);
  if (state.phase === 'none' || events[0]?.workspaceId !== caller.workspaceId) {
    throw new Problem('not-found', 'There is no campaign with this id.');
  }
  return state;
}

/** Loads, decides, appends. `eventId` where what causes it may come again. */
export async function changeCampaign(
  { log, clock }: Deps,
  caller: ActingCaller,
  campaignId: string,
  decide: (state: CampaignState) => Outcome<CampaignEvent>,
): Promise<Refusal | StreamChanged<CampaignEvent>> {
  const { workspaceId, actor, correlationId, traceparent } = caller;
  const meta = {
    workspaceId,
    actor,
    correlationId,
    aliasKeys: [],
    ...(traceparent === undefined ? {} : { traceparent }),
  };
  return changeStream(log, clock, { streamId: campaignId, orderingKey: campaignId, meta }, campaignDecider, decide);
}
