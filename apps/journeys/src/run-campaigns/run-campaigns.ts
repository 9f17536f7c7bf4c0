import type { Lease, Leases } from '@postrider/event-store';
import type { Background } from '@postrider/service-host';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { allowances } from './allowance';
import { flowWindows } from './flow-windows';
import { forgetUnfinished } from './recipients-at-work.sql';
import { workOn, type ActiveCampaign, type AtWorkDeps } from './campaign-at-work';

export interface RunCampaignsDeps extends Omit<AtWorkDeps, 'allowance' | 'windows'> {
  readonly leases: Leases;
  /** The most messages of one campaign that may be on their way, however fast they go. */
  readonly windowMax: number;
  readonly tickMs: number;
}

const active = `
  select campaign_id as "campaignId", workspace_id as "workspaceId", state from campaign
   where phase = 'running'
      or (phase = 'scheduled' and start_at <= $1)
      or (phase = 'stopped' and (exists (
            select 1 from recipient
             where recipient.campaign_id = campaign.campaign_id
               and recipient.occurrence = (campaign.state->>'occurrence')::int
               and (recipient.state = 'planned' or (recipient.state = 'handed' and recipient.message_id is null)))
            or exists (
            select 1 from occurrence
             where occurrence.campaign_id = campaign.campaign_id
               and occurrence.occurrence = (campaign.state->>'occurrence')::int and not planned)))`;

const forgetEarly = 'delete from early_status where heard_at < $1';
/** Far above one step; whoever comes after a crash waits this long. */
const leaseMs = 5_000;
const dayMs = 86_400_000;
/** A campaign that failed is left alone this long, so that it neither floods the log nor holds up the others. */
const restMs = 1_000;
/** While messages are on their way something is heard all the time; it is looked at this often at most. */
const breathMs = 50;
/** So few on their way make nobody wait. */
const windowLeast = 20;

/** Looks after every campaign that has something to do: one process at a time for each. */
export function runCampaigns(given: RunCampaignsDeps): Background & { wake(): void } {
  const deps: AtWorkDeps = {
    ...given,
    allowance: allowances(given.clock),
    windows: flowWindows(given.clock, { least: windowLeast, most: given.windowMax }),
  };
  const { pool, clock, leases, logger, tickMs } = given;
  const owner = v7();
  let waiting = new AbortController();
  let woken = false;
  const held = new Map<string, Lease>();
  const restUntil = new Map<string, number>();

  async function workOnOne(campaign: ActiveCampaign): Promise<boolean> {
    if ((restUntil.get(campaign.campaignId) ?? 0) > performance.now()) return false;
    restUntil.delete(campaign.campaignId);
    const lease = await leases.acquire(`campaign:${campaign.campaignId}`, owner, leaseMs);
    if (!lease) return false;
    held.set(lease.name, lease);
    try {
      return await workOn(deps, campaign);
    } catch (error) {
      restUntil.set(campaign.campaignId, performance.now() + restMs);
      logger.error({ err: error, campaignId: campaign.campaignId }, 'a campaign could not be taken on; tried again');
      return false;
    }
  }

  return {
    name: 'run-campaigns',
    wake() {
      woken = true;
      waiting.abort();
    },
    async run(signal) {
      signal.addEventListener('abort', () => waiting.abort(), { once: true });
      let forgottenAt = 0;
      while (!signal.aborted) {
        woken = false;
        const now = clock.now();
        const { rows } = await pool.query<ActiveCampaign>(active, [now]);
        const more = await Promise.all(rows.map(workOnOne));
        if (now.getTime() - forgottenAt > dayMs / 24) {
          forgottenAt = now.getTime();
          for (const [name] of held) if (!rows.some((row) => name.endsWith(row.campaignId))) held.delete(name);
          const dayAgo = new Date(forgottenAt - dayMs);
          await pool.query(forgetEarly, [dayAgo]);
          await pool.query(forgetUnfinished, [dayAgo]);
        }
        if (more.includes(true)) continue;
        await pause(breathMs, undefined, { signal }).catch(() => undefined);
        if (woken || signal.aborted) continue;
        waiting = new AbortController();
        await pause(tickMs, undefined, { signal: waiting.signal }).catch(() => undefined);
      }
      await Promise.all([...held.values()].map((lease) => leases.release(lease)));
      held.clear();
    },
  };
}
