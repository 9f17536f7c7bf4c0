import type { Clock } from '@postrider/decider';
import type { PersonalParts } from '@postrider/event-store';
import { everySoOften, type Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import { campaignSubject } from '../audience/sealed-rows';

const everyMs = 60 * 60_000;
const dayMs = 86_400_000;
const atOnce = 5_000;

/** Those whose key is still there. */
const due = `
  select campaign_id as "campaignId", workspace_id as "workspaceId" from campaign
   where ended_at < $1
     and exists (select from log.part_key
                  where own and wrapped is not null and part_key.workspace_id = campaign.workspace_id
                    and subject = 'campaign ' || campaign.campaign_id)`;

const forgetMembers = `
  delete from audience_member where ctid = any(array(
    select audience_member.ctid from audience_member join audience using (audience_id) where campaign_id = $1 limit ${atOnce}))`;
const forgetErrors = `
  delete from audience_error using audience
   where audience.audience_id = audience_error.audience_id and campaign_id = $1`;
const forgetCommands = `
  update recipient set command = '' where ctid = any(array(
    select ctid from recipient where campaign_id = $1 and command <> '' limit ${atOnce}))`;

export interface ForgetDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly parts: Pick<PersonalParts, 'destroy'>;
  readonly audienceDays: number;
}

/** Forgets what campaigns knew of people, some days after they ended: rows first, then their key. Counts stay. */
export async function forgetEnded({ pool, clock, parts, audienceDays }: ForgetDeps): Promise<void> {
  const before = new Date(clock.now().getTime() - audienceDays * dayMs);
  const { rows } = await pool.query<{ campaignId: string; workspaceId: string }>(due, [before]);
  for (const { campaignId, workspaceId } of rows) {
    for (const some of [forgetMembers, forgetCommands])
      while ((await pool.query(some, [campaignId])).rowCount === atOnce);
    await pool.query(forgetErrors, [campaignId]);
    await parts.destroy(workspaceId, [campaignSubject(campaignId)]);
  }
}

export const forgetEndedInTime = (deps: ForgetDeps): Background =>
  everySoOften('forget-ended-campaigns', everyMs, () => forgetEnded(deps));
