import { isRefusal, type Clock, type Outcome } from '@postrider/decider';
import type { CampaignDesign } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { LiquidProblem, personaliser } from '@postrider/personalisation';
import { Problem, problemOf, unavailable, type Caller, type ReaderProgress } from '@postrider/service-host';
import { draft, revise } from '../campaign/campaign.decider';
import type { CampaignEvent, CampaignState } from '../campaign/campaign-state';
import { changeCampaign, loadCampaign } from '../campaign/change-campaign';
import { cronProblem, isZone, startInstant } from '../campaign/timing';
import { campaignsFold } from '../campaign/when-campaign-changed';

export interface DraftCampaignDeps {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly readers: ReaderProgress;
}

export type DraftCampaign = ReturnType<typeof draftCampaign>;

/** Writes designs down, and changes them until launch. */
export function draftCampaign(deps: DraftCampaignDeps) {
  const change = async (
    caller: Caller,
    campaignId: string,
    decide: (state: CampaignState) => Outcome<CampaignEvent>,
  ): Promise<void> => {
    const changed = await changeCampaign(deps, caller, campaignId, decide);
    if (isRefusal(changed)) throw problemOf(changed);
    if (!(await deps.readers.reached(campaignsFold, 'journeys', [changed], 1_000))) {
      throw unavailable('The campaign is kept, but not shown yet.');
    }
  };
  return {
    async draft(caller: Caller, campaignId: string, design: CampaignDesign): Promise<void> {
      holdTogether(design, deps.clock.now());
      await change(caller, campaignId, (state) => draft(state, campaignId, design, caller.actor));
    },
    async revise(caller: Caller, campaignId: string, changes: Partial<CampaignDesign>): Promise<void> {
      const { design } = await loadCampaign(deps, caller, campaignId);
      const changed = { ...design!, ...changes };
      holdTogether(changed, deps.clock.now());
      await change(caller, campaignId, (state) => revise(state, changed, caller.actor));
    },
  };
}

/** What a schema cannot say: 400 with the field. */
function holdTogether(design: CampaignDesign, now: Date): void {
  const { startAt, timeZone, recurrence, expiresAt, experiment } = design;
  const wrong = (path: string, message: string): never => {
    throw new Problem('malformed', `The campaign does not hold together: ${path} ${message}.`, {
      errors: [{ path, message }],
    });
  };
  if (timeZone !== undefined && !isZone(timeZone)) wrong('timeZone', 'is not an IANA time zone');
  const start = startInstant(startAt, timeZone, now);
  if ('refused' in start) {
    const [path = 'startAt', message = ''] = start.because.split(': ', 2);
    return wrong(path, message);
  }
  if (recurrence) {
    const problem = cronProblem(recurrence.cron);
    if (problem !== undefined) wrong('recurrence.cron', problem);
  }
  if (expiresAt !== undefined && Date.parse(expiresAt) <= start.getTime()) wrong('expiresAt', 'is before the start');
  const names = (experiment?.variants ?? []).map(({ name }) => name);
  if (new Set(names).size < names.length) wrong('experiment.variants', 'have a name twice');
  if (names.includes('holdout')) wrong('experiment.variants', 'cannot be named holdout');
  const readable = (path: string, variables: CampaignDesign['variables']): void => {
    try {
      personaliser(variables);
    } catch (error) {
      if (!(error instanceof LiquidProblem)) throw error;
      wrong(`${path}.${error.variable}`, error.message);
    }
  };
  readable('variables', design.variables);
  for (const [index, variant] of (experiment?.variants ?? []).entries()) {
    readable(`experiment.variants.${index}.variables`, variant.variables);
  }
}
