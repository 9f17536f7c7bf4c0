import {
  checkSendComponents,
  componentsFrom,
  renderTemplate,
  type SimpleVariables,
} from '@postrider/cloud-api-payloads';
import { isRefusal, type Clock } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import { Problem, type Caller } from '@postrider/service-host';
import type { Pool } from 'pg';
import { contactsNow, type ContactsNowDeps } from '../audience/contacts-now';
import { filterOf } from '../audience/gathered-audience';
import type { MemberToPlan } from '../audience/person';
import { loadCampaign } from '../campaign/change-campaign';
import { figuresOf } from '../campaign/figures';
import { policyOf } from '../local-copies/known-channels';
import type { DesignInUse } from '../planning/design-in-use';
import { planMember, type PlanContext, type PlannedRecipient } from '../planning/plan-member';
import { rateCardOf } from '../planning/rate-card';
import { designNow } from '../run-campaigns/campaign-at-work';
import { membersAfter } from '../run-campaigns/plan-recipients';
import { forecast } from '../campaign/forecast';
import type { AskDecisions } from './ask-decisions';
import { tally } from './tally';

export interface CheckCampaignDeps extends ContactsNowDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly askDecisions: AskDecisions;
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
    let decided: Map<string, number> | undefined = new Map();
    const { workspaceId } = caller;
    const pages = filter
      ? contactsNow(deps, { workspaceId, filter, senderId: inUse.channel.senderId })
      : membersOf(pool, audience!.audienceId);
    let whole = true;
    for await (const members of pages) {
      if (members.length > 0 && found.people >= peopleMax) {
        whole = false;
        break;
      }
      const planned = members.map((member) => planMember(context, member));
      for (const each of planned) {
        const misfit = misfitOf(inUse, each);
        found.add(
          misfit === undefined ? each : { ...each, state: 'refused', code: 'parameters-mismatch', because: misfit },
        );
        if (each.state === 'planned' && rendered.length < show) rendered.push(renderedOf(inUse, each));
      }
      decided = decided && (await decisionsOn(deps, caller, planned, decided));
    }
    const people = filter ? found.people : audience!.people;
    const allowed = Math.min(inUse.channel.ratePerSecond, design.ratePerSecond ?? Infinity);
    return {
      ready: true,
      people,
      checked: found.people,
      whole,
      ...found.totals(),
      decisions: decided === undefined ? null : Object.fromEntries(decided),
      rendered,
      cost: rates === undefined ? null : { currency: rates.currency, estimated: found.cost },
      forecast: forecast({ people, figures: figuresOf({}) }, { measured: null, allowed, running: false }, clock.now()),
    };
  };
}

/** The people of an uploaded list, in pages. */
async function* membersOf(pool: Pool, audienceId: string): AsyncGenerator<MemberToPlan[]> {
  for (let line = 0; ;) {
    const members = await membersAfter(pool, audienceId, line, pagePeople);
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

/** Why Meta would refuse what the Liquid came out as: a line break in a value, too many characters. */
function misfitOf(inUse: DesignInUse, planned: PlannedRecipient): string | undefined {
  if (planned.state !== 'planned') return undefined;
  const { definition, made } = filledIn(inUse, planned);
  if (!made.ok) return made.problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  const [problem] = checkSendComponents(definition, made.components);
  return problem && `${problem.path}: ${problem.message}`;
}

function renderedOf(inUse: DesignInUse, planned: PlannedRecipient) {
  const { definition, made, language } = filledIn(inUse, planned);
  const message = renderTemplate(definition, made.ok ? made.components : []);
  return { line: planned.line, ...(planned.variant === '' ? {} : { variant: planned.variant }), language, message };
}

async function decisionsOn(
  { askDecisions }: CheckCampaignDeps,
  caller: Caller,
  planned: readonly PlannedRecipient[],
  so: Map<string, number>,
): Promise<Map<string, number> | undefined> {
  const bodies = planned.flatMap(({ command }) => (command === undefined ? [] : [command]));
  if (bodies.length === 0) return so;
  const decided = await askDecisions(caller, bodies);
  for (const { outcome, code = outcome } of decided ?? []) so.set(code, (so.get(code) ?? 0) + 1);
  return decided && so;
}
