import {
  checkSendComponents,
  componentsFrom,
  renderTemplate,
  type SimpleVariables,
} from '@postrider/cloud-api-payloads';
import { isRefusal, type Clock } from '@postrider/decider';
import type { CampaignDesign } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { Problem, type Caller } from '@postrider/service-host';
import type { Pool } from 'pg';
import { contactsNow, type ContactsNowDeps } from '../audience/contacts-now';
import { filterOf } from '../audience/gathered-audience';
import type { MemberToPlan } from '../audience/person';
import type { SealedRows } from '../audience/sealed-rows';
import { loadCampaign } from '../campaign/change-campaign';
import { foresee } from '../campaign/foresee';
import { startInstant } from '../campaign/timing';
import { policyOf } from '../local-copies/known-channels';
import type { DesignInUse } from '../planning/design-in-use';
import { planMember, type PlanContext, type PlannedRecipient } from '../planning/plan-member';
import { rateCardOf } from '../planning/rate-card';
import { designNow } from '../run-campaigns/campaign-at-work';
import { membersAfter } from '../run-campaigns/plan-recipients';
import type { AskDecisions } from './ask-decisions';
import { tally } from './tally';
import { weighDecisions } from './weigh-decisions';

export interface CheckCampaignDeps extends ContactsNowDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly askDecisions: AskDecisions;
  readonly rows: SealedRows;
}

export type CheckCampaign = ReturnType<typeof checkCampaign>;

/** So many people are looked at in one request; of a larger audience, the first. */
const peopleMax = 100_000;
const pagePeople = 1_000;

/** Goes through the audience as sending would, and sends nothing. */
export function checkCampaign(deps: CheckCampaignDeps) {
  const { pool, clock } = deps;
  return async (caller: Caller, campaignId: string, show: number) => {
    const state = await loadCampaign(deps, caller, campaignId);
    const { audience, design } = state;
    const filter = design && filterOf(design);
    if (!design || !(audience || filter)) {
      throw new Problem('conflict', 'There is nobody to check for: upload an audience.');
    }
    const inUse = await designNow(pool, { workspaceId: caller.workspaceId, state });
    if (isRefusal(inUse)) return { ready: false, problem: { code: inUse.refused, detail: inUse.because } };
    const rates = rateCardOf(await policyOf(pool, caller.workspaceId, 'spend'));
    const occurrence = state.occurrence + 1;
    const context: PlanContext = { campaignId, occurrence, design, inUse, rates, now: clock.now() };
    const found = tally();
    const rendered: ReturnType<typeof renderedOf>[] = [];
    const weighed = weighDecisions();
    let isKnown = true;
    const { workspaceId } = caller;
    const pages = filter
      ? contactsNow(deps, { workspaceId, filter, senderId: inUse.channel.senderId })
      : membersOf(deps, audience!.audienceId);
    let whole = true;
    for await (const members of pages) {
      if (members.length > 0 && found.people >= peopleMax) {
        whole = false;
        break;
      }
      const planned = members.map((member) => fitting(inUse, planMember(context, member)));
      for (const each of planned) {
        found.add(each);
        if (each.state === 'planned' && rendered.length < show) rendered.push(renderedOf(inUse, each));
      }
      isKnown &&= await decisionsOn(deps, caller, planned, weighed);
    }
    const people = filter ? found.people : audience!.people;
    const scale = found.people === 0 ? 1 : people / found.people;
    return {
      ready: true,
      people,
      checked: found.people,
      whole,
      ...found.totals(),
      decisions: isKnown ? weighed.totals() : null,
      rendered,
      cost: rates === undefined ? null : costOf(rates.currency, found, isKnown ? weighed.cost() : found.cost, scale),
      forecast: forecastOf(inUse, design, clock.now(), { found, scale, ...(isKnown && { weighed }) }),
    };
  };
}

function costOf(currency: string, { unpriced }: { readonly unpriced: number }, cost: number, scale: number) {
  const estimated = Math.round(cost * scale * 10_000) / 10_000;
  return { currency, estimated, ...(unpriced === 0 ? {} : { withoutPrice: Math.round(unpriced * scale) }) };
}

interface Checked {
  readonly found: ReturnType<typeof tally>;
  /** Missing where dispatch could not be asked: then the rate alone says when it ends. */
  readonly weighed?: ReturnType<typeof weighDecisions>;
  readonly scale: number;
}

/** When the last one would go out, begun when the design says: by rate, quiet hours, caps and the portfolio's limit. */
function forecastOf(inUse: DesignInUse, design: CampaignDesign, now: Date, { found, weighed, scale }: Checked) {
  const ratePerSecond = Math.min(inUse.channel.ratePerSecond, design.ratePerSecond ?? Infinity);
  const start = startInstant(design.startAt, design.timeZone, now);
  const startsAt = isRefusal(start) ? now : start;
  const remaining = Math.round((weighed?.people() ?? found.sendable) * scale);
  const { endsAt, standsStillMs } = weighed
    ? weighed.foresee(ratePerSecond, startsAt, scale)
    : foresee([{ people: remaining, from: 0, quiet: [] }], { ratePerSecond }, startsAt.getTime());
  const portfolio = weighed?.portfolio();
  return {
    ratePerSecond,
    measured: false,
    remaining,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt === undefined ? null : new Date(endsAt).toISOString(),
    standsStillSeconds: Math.round(standsStillMs / 1000),
    ...(portfolio === undefined ? {} : { portfolio }),
  };
}

/** The people of an uploaded list, in pages. */
async function* membersOf(
  deps: Pick<CheckCampaignDeps, 'pool' | 'rows'>,
  audienceId: string,
): AsyncGenerator<MemberToPlan[]> {
  for (let line = 0; ;) {
    const members = await membersAfter(deps, audienceId, line, pagePeople);
    if (members.length > 0) yield members;
    if (members.length < pagePeople) return;
    line = members.at(-1)!.line;
  }
}

interface Command {
  readonly template: { readonly language: string; readonly variables?: SimpleVariables };
}

function filledIn(inUse: DesignInUse, { variant, command }: PlannedRecipient) {
  const { template } = command as unknown as Command;
  const { definition } = inUse.arms.get(variant)!.languages.get(template.language)!;
  return { definition, made: componentsFrom(definition, template.variables ?? []), language: template.language };
}

/** Refused where Meta would refuse what the Liquid came out as: a line break in a value, too many characters. */
function fitting(inUse: DesignInUse, planned: PlannedRecipient): PlannedRecipient {
  if (planned.state !== 'planned') return planned;
  const { definition, made } = filledIn(inUse, planned);
  const problems = made.ok ? checkSendComponents(definition, made.components).slice(0, 1) : made.problems;
  if (problems.length === 0) return planned;
  const because = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return { ...planned, state: 'refused', code: 'parameters-mismatch', because };
}

function renderedOf(inUse: DesignInUse, planned: PlannedRecipient) {
  const { definition, made, language } = filledIn(inUse, planned);
  const message = renderTemplate(definition, made.ok ? made.components : []);
  return { line: planned.line, ...(planned.variant === '' ? {} : { variant: planned.variant }), language, message };
}

/** Whether dispatch could be asked about these. */
async function decisionsOn(
  { askDecisions }: CheckCampaignDeps,
  caller: Caller,
  planned: readonly PlannedRecipient[],
  weighed: ReturnType<typeof weighDecisions>,
): Promise<boolean> {
  const asked = planned.filter(({ state }) => state === 'planned');
  if (asked.length === 0) return true;
  const answer = await askDecisions(
    caller,
    asked.map(({ command }) => command!),
    weighed.usedUp(),
  );
  if (answer === undefined) return false;
  weighed.add(
    answer,
    asked.map(({ price }) => price),
  );
  return true;
}
