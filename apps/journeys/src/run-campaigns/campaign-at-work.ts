import { isRefusal, type Clock, type Refusal } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import type { Alarms } from '@postrider/service-host';
import type { Pool } from 'pg';
import { filterOf } from '../audience/gathered-audience';
import { audienceIdOf } from '../campaign/audience-of';
import type { CampaignRow } from '../campaign/campaign.table';
import { changeCampaign } from '../campaign/change-campaign';
import { openOf, type Figures } from '../campaign/figures';
import { figuresIn } from '../campaign/read-figures';
import { finish, launch, pause, stop } from '../campaign/running.decider';
import { brokenRule } from '../campaign/stop-rules';
import { nextOccurrence } from '../campaign/timing';
import { channelOf, policyOf, templatesOf } from '../local-copies/known-channels';
import { designProblem, useDesign, type DesignInUse } from '../planning/design-in-use';
import { rateCardOf } from '../planning/rate-card';
import type { allowances } from './allowance';
import { countPeople } from './count-people';
import { gatheredOf, gatherNext, type GatherDeps } from './gather-contacts';
import { handOver, type HandOverDeps } from './hand-over';
import { occurrenceAt, planNext, type Occurrence, type PlanDeps } from './plan-recipients';
import { countPlanned, forgetGathered } from './recipients-at-work.sql';
import { endWaiting, planRetry } from './settle';

export interface AtWorkDeps extends PlanDeps, HandOverDeps, GatherDeps {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly allowance: ReturnType<typeof allowances>;
}

export type ActiveCampaign = Pick<CampaignRow, 'campaignId' | 'workspaceId' | 'state'>;

/** A command of an ended campaign that stayed unanswered this many times its patience never left. */
const lostAfterPatiences = 6;
/** While fewer batches than these wait to be handed over, the next is planned: two seconds of the fastest numbers. */
const aheadBatches = 8;

/** Takes a campaign one step on; answers whether there is more to do at once. */
export async function workOn(deps: AtWorkDeps, campaign: ActiveCampaign): Promise<boolean> {
  const { campaignId, state } = campaign;
  const which = { campaignId, occurrence: state.occurrence };
  const lostBefore = new Date(deps.clock.now().getTime() - lostAfterPatiences * deps.commandPatienceMs);
  if (state.phase === 'stopped') return endWaiting(deps.pool, which, 'cancelled', lostBefore);
  if (state.phase === 'scheduled') return start(deps, campaign);
  if (state.phase !== 'running') return false;
  const at = await occurrenceAt(deps.pool, campaignId, state.occurrence);
  const counted = at.counted || (await count(deps, campaign));
  if (at.retries < state.retries) await planRetry(deps.pool, which, state.retries);
  const { all: figures } = await figuresIn(deps.pool, campaignId, state.occurrence);
  if (await endedByRule(deps, campaign, figures)) return false;
  const { expiresAt } = state.design!;
  const expired = expiresAt !== undefined && Date.parse(expiresAt) <= deps.clock.now().getTime();
  let more: boolean;
  if (!counted) more = await gather(deps, campaign);
  else if (expired) more = await endWaiting(deps.pool, which, 'expired', lostBefore);
  else {
    const planned = await planAhead(deps, campaign, at);
    const handed = await handSome(deps, campaign);
    more = planned || handed;
  }
  await sample(deps, which, at, figures);
  if (at.planned && at.retries === state.retries && openOf(figures) === 0) {
    await end(deps, campaign, figures);
    return false;
  }
  return more;
}

const actorOf = ({ workspaceId, campaignId }: ActiveCampaign, actor = 'service:journeys') => ({
  workspaceId,
  actor,
  correlationId: campaignId,
});

/**
 * The design with the facts of now, or why it cannot be sent now. `columns` are what people have; as long as nobody knows,
 * what variables ask for is not held against it.
 */
export async function designNow(
  pool: Pool,
  { workspaceId, state }: Pick<ActiveCampaign, 'workspaceId' | 'state'>,
  columns?: readonly string[],
): Promise<DesignInUse | Refusal> {
  const design = state.design!;
  const channel = await channelOf(pool, workspaceId, design.channel);
  const templates = channel ? await templatesOf(pool, workspaceId, channel.accountId, design) : [];
  const inUse = useDesign(design, channel, templates);
  if (isRefusal(inUse)) return inUse;
  const known = columns ?? (await columnsOf(pool, state));
  return (known && designProblem(inUse, known)) ?? inUse;
}

async function columnsOf(pool: Pool, { design, audience, campaignId, occurrence }: ActiveCampaign['state']) {
  if (filterOf(design!) === undefined) return audience?.columns ?? [];
  const gathered = await gatheredOf(pool, campaignId, occurrence);
  return gathered?.state === 'taken' && gathered.people > 0 ? gathered.columns : undefined;
}

/** Begins at the minute, or says why not and tries on. */
async function start(deps: AtWorkDeps, campaign: ActiveCampaign): Promise<boolean> {
  const { campaignId, state } = campaign;
  const now = deps.clock.now();
  if (state.startAt === undefined || Date.parse(state.startAt) > now.getTime()) return false;
  const key = `campaign-not-started:${campaignId}`;
  const inUse = await designNow(deps.pool, campaign);
  if (isRefusal(inUse)) {
    const text = `The campaign "${state.design!.name}" was to start at ${state.startAt} and could not: ${inUse.because}`;
    deps.alarms.raise({ key, kind: 'campaign-not-started', severity: 'critical', text, subject: { campaignId } });
    return false;
  }
  deps.alarms.clear(key);
  await changeCampaign(deps, actorOf(campaign), campaignId, (current) => launch(current, now));
  return true;
}

async function endedByRule(deps: AtWorkDeps, campaign: ActiveCampaign, figures: Figures): Promise<boolean> {
  const { campaignId, workspaceId, state } = campaign;
  const design = state.design!;
  const channel = await channelOf(deps.pool, workspaceId, design.channel);
  const templates = channel ? await templatesOf(deps.pool, workspaceId, channel.accountId, design) : [];
  const { language, fallback } = design.template;
  const pausedTemplates = templates
    .filter((each) => language === undefined || each.language === language || each.language === fallback)
    .filter((each) => each.state === 'paused' || each.state === 'disabled')
    .map((each) => `${each.name} (${each.language})`);
  // Its being paused is Meta's fact: no resuming overrules it.
  const waived = state.waived.filter((name) => name !== 'pausedTemplate');
  const verdict = brokenRule(design.stopRules ?? {}, { figures, quality: channel?.quality, pausedTemplates }, waived);
  if (verdict === undefined) return false;
  const { rule, then } = verdict;
  const because = `${rule.name}: ${rule.seen}, threshold ${rule.threshold}`;
  const decide = then === 'stop' ? stop : pause;
  await changeCampaign(deps, actorOf(campaign, `rule:${rule.name}`), campaignId, (current) =>
    current.phase === 'running' ? decide(current, because, rule) : [],
  );
  return true;
}

/** Takes the list into the figures once it is whole; false while it is not. */
async function count({ pool }: AtWorkDeps, { state }: ActiveCampaign): Promise<boolean> {
  const { campaignId, occurrence } = state;
  const design = state.design!;
  if (filterOf(design) && (await gatheredOf(pool, campaignId, occurrence))?.state !== 'taken') return false;
  await countPeople(pool, { campaignId, occurrence, design, audienceId: audienceIdOf(state, occurrence)! });
  return true;
}

/** The design with the facts of now; undefined where it cannot be sent now, and the campaign is paused for it. */
async function usableOrPaused(deps: AtWorkDeps, campaign: ActiveCampaign): Promise<DesignInUse | undefined> {
  const inUse = await designNow(deps.pool, campaign);
  if (!isRefusal(inUse)) return inUse;
  await changeCampaign(deps, actorOf(campaign), campaign.campaignId, (current) =>
    current.phase === 'running' ? pause(current, `it cannot go on: ${inUse.because}`) : [],
  );
  return undefined;
}

/** Takes a page of the people whom the filter finds; answers whether to go on at once. */
async function gather(deps: AtWorkDeps, campaign: ActiveCampaign): Promise<boolean> {
  const { workspaceId, state } = campaign;
  const { design, campaignId, occurrence } = state;
  const inUse = await usableOrPaused(deps, campaign);
  if (inUse === undefined) return false;
  const filter = filterOf(design!)!;
  await gatherNext(deps, { workspaceId, campaignId, occurrence, filter, senderId: inUse.channel.senderId });
  return true;
}

/**
 * Plans the next people, unless enough wait to be handed over: planning takes turns from whatever else is sent. Answers
 * whether it did.
 */
async function planAhead(deps: AtWorkDeps, campaign: ActiveCampaign, at: Occurrence): Promise<boolean> {
  const { campaignId, workspaceId, state } = campaign;
  const { occurrence } = state;
  if (at.planned) return false;
  const aheadMax = aheadBatches * deps.planBatch;
  const { rows } = await deps.pool.query<{ people: number }>(countPlanned, [campaignId, occurrence, aheadMax]);
  if (rows[0]!.people >= aheadMax) return false;
  const inUse = await usableOrPaused(deps, campaign);
  if (inUse === undefined) return false;
  const rates = rateCardOf(await policyOf(deps.pool, workspaceId, 'spend'));
  const context = {
    ...{ campaignId, workspaceId, occurrence, inUse, rates },
    design: state.design!,
    audienceId: audienceIdOf(state, occurrence)!,
    now: deps.clock.now(),
  };
  await planNext(deps, context, at);
  return true;
}

async function handSome(deps: AtWorkDeps, campaign: ActiveCampaign): Promise<boolean> {
  const { campaignId, workspaceId, state } = campaign;
  const allowed = deps.allowance.of(campaignId, state.design!.ratePerSecond);
  const handed = await handOver(deps, { campaignId, workspaceId, occurrence: state.occurrence }, allowed);
  deps.allowance.spend(campaignId, handed);
  return handed > 0;
}

const sampleEveryMs = 5_000;

/** Keeps the rate of the last seconds, from which the end is forecast. */
async function sample(
  { pool, clock }: AtWorkDeps,
  { campaignId, occurrence }: { campaignId: string; occurrence: number },
  at: Occurrence,
  { targeted, pending }: Figures,
): Promise<void> {
  const now = clock.now();
  const done = targeted - pending;
  const elapsedMs = at.sampledAt === null ? Infinity : now.getTime() - at.sampledAt.getTime();
  if (elapsedMs < sampleEveryMs) return;
  const rate = at.sampledAt === null ? null : ((done - at.sampled) * 1000) / elapsedMs;
  const write = `update occurrence set sampled_at = $3, sampled = $4, rate = $5
                  where campaign_id = $1 and occurrence = $2`;
  await pool.query(write, [campaignId, occurrence, now, done, rate]);
}

async function end(deps: AtWorkDeps, campaign: ActiveCampaign, figures: Figures): Promise<void> {
  const { campaignId, state } = campaign;
  const { occurrence, retries } = state;
  const nextAt = nextOccurrence(state.design!, occurrence, deps.clock.now());
  await changeCampaign(deps, actorOf(campaign), campaignId, (current) =>
    finish(current, { occurrence, retries, figures, nextAt }),
  );
  deps.allowance.forget(campaignId);
  deps.windows.forget(campaignId);
  // What each gets is frozen: the list has done its work.
  if (filterOf(state.design!)) await deps.pool.query(forgetGathered, [audienceIdOf(state, occurrence)]);
}
