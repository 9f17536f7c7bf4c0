import { isRefusal, refuse, type Clock, type Outcome, type Refusal } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import { Problem, problemOf, unavailable, type Caller, type ReaderProgress } from '@postrider/service-host';
import type { Pool } from 'pg';
import { contactsNow, type ContactsNowDeps } from '../audience/contacts-now';
import { filterOf } from '../audience/gathered-audience';
import { approve } from '../campaign/campaign.decider';
import type { CampaignEvent, CampaignState } from '../campaign/campaign-state';
import { changeCampaign, loadCampaign } from '../campaign/change-campaign';
import { figuresIn } from '../campaign/read-figures';
import { pause, resume, retry, schedule, stop } from '../campaign/running.decider';
import { nextOccurrence, startInstant } from '../campaign/timing';
import { campaignsFold } from '../campaign/when-campaign-changed';
import { policyOf } from '../local-copies/known-channels';
import { configurationCopy } from '../local-copies/when-configuration-changed';
import { templateCopy } from '../local-copies/when-template-changed';
import { designProblem } from '../planning/design-in-use';
import { designNow } from '../run-campaigns/campaign-at-work';

export interface SteerCampaignDeps extends ContactsNowDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly readers: ReaderProgress;
}

/** Among so many some have what variables ask for, or those who lack it are refused one by one. */
const lookedAtMax = 100_000;

export interface LaunchAt {
  readonly startAt?: string | undefined;
  readonly timeZone?: string | undefined;
}

export type SteerCampaign = ReturnType<typeof steerCampaign>;

/** Approval, launch, pause, resume, stop and retry. What is answered holds for whoever asks next. */
export function steerCampaign(deps: SteerCampaignDeps) {
  const { pool, clock, readers } = deps;
  const change = async (
    caller: Caller,
    campaignId: string,
    decide: (state: CampaignState) => Outcome<CampaignEvent>,
  ): Promise<void> => {
    await loadCampaign(deps, caller, campaignId);
    const changed = await changeCampaign(deps, caller, campaignId, decide);
    if (isRefusal(changed)) throw problemOf(changed);
    if (!(await readers.reached(campaignsFold, 'journeys', [changed], 1_000))) {
      throw unavailable('It is written down, but not acted upon yet.');
    }
  };

  /** A no that rests on others' facts is given only once our copies of them are current. */
  async function whyNotNow(workspaceId: string, state: CampaignState): Promise<Refusal | undefined> {
    const first = await designNow(pool, { workspaceId, state });
    if (!isRefusal(first)) return undefined;
    const current = await Promise.all([
      readers.caughtUp(configurationCopy, 'configuration', 1_000),
      readers.caughtUp(templateCopy, 'templates', 1_000),
    ]);
    if (current.includes(false)) throw unavailable('What this answer rests on is not up to date yet.');
    const second = await designNow(pool, { workspaceId, state });
    return isRefusal(second) ? second : undefined;
  }

  /** Of a filter: that it finds somebody now, and what variables ask for in somebody of those it finds. */
  async function whyNobody(workspaceId: string, state: CampaignState, begins: boolean): Promise<Refusal | undefined> {
    const filter = filterOf(state.design!);
    const inUse = await designNow(pool, { workspaceId, state });
    if (filter === undefined || isRefusal(inUse)) return undefined;
    const columns = new Set<string>();
    let people = 0;
    let problem: Refusal | undefined;
    for await (const page of contactsNow(deps, { workspaceId, filter, senderId: inUse.channel.senderId })) {
      people += page.length;
      for (const { member } of page) for (const name of Object.keys(member.row)) columns.add(name);
      problem = designProblem(inUse, [...columns]);
      if (people > 0 && (problem === undefined || people >= lookedAtMax)) return undefined;
    }
    if (people > 0) return problem;
    return begins ? refuse('conflict', 'No contact is as the filter says: there is nobody to send to.') : undefined;
  }

  return {
    approve: (caller: Caller, id: string) => change(caller, id, (state) => approve(state, caller.actor)),
    pause: (caller: Caller, id: string, because = 'an operator paused it') =>
      change(caller, id, (state) => pause(state, because)),
    resume: (caller: Caller, id: string) => change(caller, id, resume),
    stop: (caller: Caller, id: string, because = 'an operator stopped it') =>
      change(caller, id, (state) => stop(state, because)),

    async launch(caller: Caller, id: string, at: LaunchAt): Promise<void> {
      const before = await loadCampaign(deps, caller, id);
      const { workspaceId } = caller;
      const policy = await policyOf(pool, workspaceId, 'campaigns');
      const startAt = startOf(before, at, clock.now());
      const ready = schedule(before, startAt, policy?.['approval'] === 'required');
      if (isRefusal(ready)) throw problemOf(ready);
      const begins = startAt <= clock.now() && before.design?.recurrence === undefined;
      const problem = (await whyNotNow(workspaceId, before)) ?? (await whyNobody(workspaceId, before, begins));
      if (problem) throw problemOf(problem);
      await change(caller, id, (state) =>
        state.design === before.design || sameDesign(state, before)
          ? schedule(state, startAt, policy?.['approval'] === 'required')
          : refuse('conflict', 'The campaign changed while it was being launched.'),
      );
    },

    async retry(caller: Caller, id: string): Promise<void> {
      const { occurrence } = await loadCampaign(deps, caller, id);
      const { all } = await figuresIn(pool, id, occurrence);
      await change(caller, id, (state) => retry(state, all.failed));
    },
  };
}

const sameDesign = (a: CampaignState, b: CampaignState): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The launch's own start, else the design's, else, for what recurs, its first occurrence, else now. */
function startOf({ design }: CampaignState, at: LaunchAt, now: Date): Date {
  const startAt = at.startAt ?? design!.startAt;
  const timeZone = at.timeZone ?? design!.timeZone;
  if (startAt === undefined && design!.recurrence) return nextOccurrence(design!, 0, now) ?? now;
  const start = startInstant(startAt, timeZone, now);
  if (!('refused' in start)) return start;
  const [path = 'startAt', message = ''] = start.because.split(': ', 2);
  throw new Problem('malformed', `The campaign cannot be launched: ${start.because}.`, { errors: [{ path, message }] });
}
