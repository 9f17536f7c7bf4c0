import type { Clock } from '@postrider/decider';
import { pageOf, Problem, readCursor, type Caller, type Page } from '@postrider/service-host';
import type { Pool } from 'pg';
import { z } from 'zod';
import { filterOf, gatheredAudienceId } from '../audience/gathered-audience';
import type { CampaignRow } from './campaign.table';
import { buckets, shareOf, type Figures } from './figures';
import { figuresIn } from './read-figures';
import { channelOf, policyOf } from '../local-copies/known-channels';
import { rateCardOf } from '../planning/rate-card';
import { forecast } from './forecast';
import { heldIn, holdsOf } from './holds';

export interface ShowCampaignsDeps {
  readonly pool: Pool;
  readonly clock: Clock;
}

export type ShowCampaigns = ReturnType<typeof showCampaigns>;

const columns = `campaign_id as "campaignId", workspace_id as "workspaceId", name, phase, drafted_at as "draftedAt", state`;
const readOne = `select ${columns} from campaign where workspace_id = $1 and campaign_id = $2`;
const readPage = `
  select ${columns} from campaign
   where workspace_id = $1 and ($2::text is null or phase = $2)
     and ($3::timestamptz is null or (drafted_at, campaign_id) < ($3, $4::uuid))
   order by drafted_at desc, campaign_id desc limit $5`;
const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Campaigns as callers see them: design, state, progress by the buckets, what some wait for, forecast and cost. */
export function showCampaigns({ pool, clock }: ShowCampaignsDeps) {
  const shown = async (row: CampaignRow) => {
    const { campaignId, workspaceId, phase, state } = row;
    const design = state.design!;
    const [audience, { all, variants }, channel, policy, rate] = await Promise.all([
      audienceOf(pool, state),
      figuresIn(pool, campaignId, state.occurrence),
      channelOf(pool, workspaceId, design.channel),
      policyOf(pool, workspaceId, 'spend'),
      rateOf(pool, campaignId, state.occurrence),
    ]);
    const allowed = Math.min(channel?.ratePerSecond ?? Infinity, design.ratePerSecond ?? Infinity);
    const from = phase === 'scheduled' && state.startAt ? new Date(state.startAt) : clock.now();
    const currency = rateCardOf(policy)?.currency;
    const held = all.held > 0 ? await heldIn(pool, campaignId, state.occurrence) : [];
    return {
      id: campaignId,
      ...design,
      state: phase,
      ...(state.startAt === undefined ? {} : { startsAt: state.startAt }),
      ...(state.because === undefined ? {} : { because: state.because }),
      ...(state.approvedBy === undefined ? {} : { approvedBy: state.approvedBy }),
      occurrence: state.occurrence,
      audience,
      progress: all,
      holds: holdsOf(held),
      ...(design.experiment ? { variants: [...variants].map(([name, each]) => variantOf(name, each)) } : {}),
      forecast: forecast(
        { people: audience?.people ?? 0, figures: all, held },
        { measured: rate, allowed: Number.isFinite(allowed) ? allowed : undefined, running: phase === 'running' },
        from,
      ),
      cost: currency === undefined ? null : { currency, spent: all.spent },
    };
  };
  return {
    async one(caller: Pick<Caller, 'workspaceId'>, campaignId: string) {
      const { rows } = await pool.query<CampaignRow>(readOne, [caller.workspaceId, campaignId]);
      if (!rows[0]) throw new Problem('not-found', 'There is no campaign with this id.');
      return shown(rows[0]);
    },
    async list(
      caller: Pick<Caller, 'workspaceId'>,
      { after, limit, state }: { after?: string | undefined; limit: number; state?: string | undefined },
    ): Promise<Page<unknown>> {
      const [at, id] = after === undefined ? [null, null] : readCursor(Cursor, after);
      const values = [caller.workspaceId, state ?? null, at, id, limit + 1];
      const { rows } = await pool.query<CampaignRow>(readPage, values);
      const page = pageOf(rows, limit, {
        row: (row) => row,
        cursor: ({ draftedAt, campaignId }) => [draftedAt.toISOString(), campaignId],
      });
      return { ...page, data: await Promise.all(page.data.map(shown)) };
    },
  };
}

/** The list it goes by: as it was uploaded, or as the filter found it for the occurrence that runs or ran last. */
async function audienceOf(pool: Pool, { design, audience, campaignId, occurrence }: CampaignRow['state']) {
  const filter = filterOf(design!);
  if (filter === undefined) return audience ?? null;
  const { rows } = await pool.query<{ people: number; state: string }>(
    'select people, state from audience where audience_id = $1',
    [gatheredAudienceId(campaignId, occurrence)],
  );
  return { kind: 'contacts' as const, filter, people: rows[0]?.people ?? 0, gathered: rows[0]?.state === 'taken' };
}

async function rateOf(pool: Pool, campaignId: string, occurrence: number): Promise<number | null> {
  const { rows } = await pool.query<{ rate: number | null }>(
    'select rate from occurrence where campaign_id = $1 and occurrence = $2',
    [campaignId, occurrence],
  );
  return rows[0]?.rate ?? null;
}

/** A variant's figures, with intervals of 95 % so that chance is not taken for a difference. */
function variantOf(name: string, figures: Figures) {
  const { targeted, sent, delivered, read, failed, optedOut } = figures;
  if (name === 'holdout') return { name, people: figures.holdout };
  return {
    name,
    ...Object.fromEntries(['targeted' as const, ...buckets].map((key) => [key, figures[key]])),
    ...{ delivered, read, optedOut },
    rates: {
      delivered: shareOf(delivered, sent),
      read: shareOf(read, sent),
      failed: shareOf(failed, targeted),
      optedOut: shareOf(optedOut, sent),
    },
  };
}
