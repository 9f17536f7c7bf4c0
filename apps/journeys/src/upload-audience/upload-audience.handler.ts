import { isRefusal, type Clock } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import {
  Problem,
  problemOf,
  readCsv,
  readJsonLines,
  unavailable,
  UnusableUpload,
  type Caller,
  type ReaderProgress,
} from '@postrider/service-host';
import type { Pool } from 'pg';
import { v7 } from 'uuid';
import type { SealedRows } from '../audience/sealed-rows';
import { takeAudience } from '../campaign/campaign.decider';
import { changeCampaign, loadCampaign } from '../campaign/change-campaign';
import { campaignsFold } from '../campaign/when-campaign-changed';
import { takeRows, type Taken } from './take-rows';

export interface UploadAudienceDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly readers: ReaderProgress;
  readonly rows: SealedRows;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

export type UploadAudience = ReturnType<typeof uploadAudience>;

const begin = `
  insert into audience (audience_id, workspace_id, campaign_id, state, columns, rows, people, wrong, repeated, begun_at)
  values ($1, $2, $3, 'taking', '{}', 0, 0, 0, 0, $4)`;

/** Takes the people of a campaign, in place of those listed before. Nothing counts until the list is whole. */
export function uploadAudience(deps: UploadAudienceDeps) {
  const { pool, clock } = deps;
  return async (
    caller: Caller,
    campaignId: string,
    format: 'csv' | 'json-lines',
    source: AsyncIterable<Buffer>,
  ): Promise<Taken & { audienceId: string }> => {
    const before = await loadCampaign(deps, caller, campaignId);
    const none = { audienceId: v7(), columns: [], rows: 0, people: 0, wrong: 0, repeated: 0 };
    const early = takeAudience(before, none);
    if (isRefusal(early)) throw problemOf(early);
    const { audienceId } = none;
    const { workspaceId } = caller;
    const identitySecret = await deps.identitySecret(workspaceId);
    await pool.query(begin, [audienceId, caller.workspaceId, campaignId, clock.now()]);
    const read = format === 'csv' ? readCsv : readJsonLines;
    let kept = false;
    try {
      const list = { workspaceId, campaignId, audienceId, identitySecret };
      const taken = await takeRows(deps, list, (onColumns) => read(source, onColumns));
      const changed = await changeCampaign(deps, caller, campaignId, (state) =>
        takeAudience(state, { audienceId, ...taken }),
      );
      if (isRefusal(changed)) throw problemOf(changed);
      kept = true;
      // After the event: whoever finds it taken finds it in the log too.
      await pool.query(`update audience set state = 'taken' where audience_id = $1`, [audienceId]);
      const { audience } = await loadCampaign(deps, caller, campaignId);
      await forgetOthers(pool, campaignId, audience!.audienceId);
      if (!(await deps.readers.reached(campaignsFold, 'journeys', [changed], 1_000))) {
        throw unavailable('The audience is kept, but not shown yet.');
      }
      return { audienceId, ...taken };
    } catch (error) {
      if (!kept) await forget(pool, audienceId);
      if (!(error instanceof UnusableUpload)) throw error;
      const { path, message } = error;
      throw new Problem('malformed', `The audience cannot be used: ${message}.`, { errors: [{ path, message }] });
    }
  };
}

async function forget(pool: Pool, audienceId: string): Promise<void> {
  await pool.query('delete from audience_member where audience_id = $1', [audienceId]);
  await pool.query('delete from audience_error where audience_id = $1', [audienceId]);
  await pool.query(`update audience set state = 'failed' where audience_id = $1`, [audienceId]);
}

/** What was replaced. What is still being taken is let finish, and then replaces this one. */
async function forgetOthers(pool: Pool, campaignId: string, audienceId: string): Promise<void> {
  const { rows } = await pool.query<{ audience_id: string }>(
    `select audience_id from audience where campaign_id = $1 and audience_id <> $2 and state = 'taken'`,
    [campaignId, audienceId],
  );
  for (const other of rows) await forget(pool, other.audience_id);
}
