import {
  CampaignPaused,
  CampaignResumed,
  CampaignStopped,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import type { HaltedCampaignRow } from './halted-campaign.table';
import { forgetStopped, goOn, halt } from './halted.sql';

type Heard = RecordedEvent &
  (EventOf<typeof CampaignPaused> | EventOf<typeof CampaignResumed> | EventOf<typeof CampaignStopped>);

/** Keeps which campaigns nothing may leave of. Their senders see to what is waiting already, and to what comes late. */
export function whenCampaignHalted(): Fold {
  return {
    kind: 'fold',
    name: 'dispatch:halted-campaigns',
    hears: [CampaignPaused, CampaignResumed, CampaignStopped],
    tables: ['halted_campaign'],
    async handle(events, tx) {
      for (const { type, data, at } of events as readonly Heard[]) {
        if (type === 'CampaignResumed') {
          await tx.query(goOn, [data.campaignId]);
          continue;
        }
        const state: HaltedCampaignRow['state'] = type === 'CampaignStopped' ? 'stopped' : 'paused';
        await tx.query(halt, [data.campaignId, state, at]);
        await tx.query(forgetStopped, [at]);
      }
    },
  };
}
