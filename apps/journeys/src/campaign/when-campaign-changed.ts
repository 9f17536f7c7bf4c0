import {
  AudienceUploaded,
  CampaignApproved,
  CampaignDrafted,
  CampaignFinished,
  CampaignLaunched,
  CampaignPaused,
  CampaignResumed,
  CampaignRetried,
  CampaignRevised,
  CampaignScheduled,
  CampaignStopped,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { campaignDecider } from './campaign.decider';
import type { CampaignEvent, CampaignState } from './campaign-state';

export const campaignsFold = 'journeys:campaigns';

const write = `
  insert into campaign (campaign_id, workspace_id, name, phase, start_at, drafted_at, state, ended_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (campaign_id) do update
    set name = excluded.name, phase = excluded.phase, start_at = excluded.start_at, state = excluded.state,
        ended_at = case when excluded.ended_at is not null then coalesce(campaign.ended_at, excluded.ended_at) end`;

/** Keeps every campaign as it stands. `onChanged` is told after each batch. */
export function whenCampaignChanged(onChanged: () => void): Fold {
  return {
    kind: 'fold',
    name: campaignsFold,
    hears: [
      CampaignDrafted,
      CampaignRevised,
      AudienceUploaded,
      CampaignApproved,
      CampaignScheduled,
      CampaignLaunched,
      CampaignPaused,
      CampaignResumed,
      CampaignStopped,
      CampaignRetried,
      CampaignFinished,
    ],
    tables: ['campaign'],
    async handle(events, tx) {
      for (const event of events) await keep(event, tx);
      return onChanged;
    },
  };
}

async function keep(event: RecordedEvent, tx: Tx): Promise<void> {
  const known = await tx.query<{ state: CampaignState }>('select state from campaign where campaign_id = $1', [
    event.streamId,
  ]);
  const before = known.rows[0]?.state ?? campaignDecider.initial;
  const state = campaignDecider.evolve(before, event as unknown as CampaignEvent);
  await tx.query(write, [
    event.streamId,
    event.workspaceId,
    state.design?.name ?? '',
    state.phase,
    state.startAt ?? null,
    event.at,
    JSON.stringify(state),
    state.phase === 'stopped' || state.phase === 'finished' ? event.at : null,
  ]);
}
