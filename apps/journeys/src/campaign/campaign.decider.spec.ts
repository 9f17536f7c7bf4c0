import { fold, isRefusal, type Outcome } from '@postrider/decider';
import {
  AudienceUploaded,
  CampaignApproved,
  CampaignDrafted,
  CampaignFinished,
  CampaignLaunched,
  CampaignPaused,
  CampaignResumed,
  CampaignRetried,
  CampaignRevised,
  CampaignScheduled,
  CampaignStopped,
} from '@postrider/event-contracts';
import { approve, campaignDecider, draft, revise, takeAudience } from './campaign.decider';
import type { CampaignEvent, CampaignState } from './campaign-state';
import { finish, launch, pause, resume, retry, schedule, stop } from './running.decider';

const campaignId = '01900000-0000-7000-8000-00000000000a';
const audienceId = '01900000-0000-7000-8000-00000000000b';
const design = { name: 'spring', channel: 'demo', template: { name: 'welcome' } };
const audience = { audienceId, columns: ['phone'], rows: 3, people: 3, wrong: 0, repeated: 0 };
const now = new Date('2026-03-10T12:00:00.000Z');
const startAt = now.toISOString();

const drafted = CampaignDrafted.of({ campaignId, design, by: 'key:a' });
const filled = AudienceUploaded.of({ campaignId, ...audience });
const approved = CampaignApproved.of({ campaignId, by: 'key:b' });
const scheduled = CampaignScheduled.of({ campaignId, occurrence: 1, startAt });
const launched = CampaignLaunched.of({ campaignId, occurrence: 1, audienceId });
const paused = CampaignPaused.of({ campaignId, because: 'x' });
const stopped = CampaignStopped.of({ campaignId, because: 'x' });
const finished = CampaignFinished.of({ campaignId, occurrence: 1, figures: {} });
const running = [drafted, filled, scheduled, launched];

const given = (...events: CampaignEvent[]) => {
  const state = fold(campaignDecider, events);
  return {
    state,
    when: (decide: (state: CampaignState) => Outcome<CampaignEvent>) => {
      const outcome = decide(state);
      return isRefusal(outcome) ? outcome.refused : outcome;
    },
  };
};

describe('a campaign', () => {
  it('is drafted once, however often it is asked for', () => {
    expect(given().when((state) => draft(state, campaignId, design, 'key:a'))).toEqual([drafted]);
    expect(given(drafted).when((state) => draft(state, campaignId, design, 'key:a'))).toEqual([]);
  });

  it('may change until it is launched, which takes its approval back', () => {
    expect(given(drafted, filled, approved).state).toMatchObject({ phase: 'approved', approvedBy: 'key:b' });
    const revised = CampaignRevised.of({ campaignId, design, by: 'key:a' });
    expect(given(drafted, filled, approved, revised).state).toMatchObject({ phase: 'draft' });
    expect(given(drafted, filled, approved, revised).state.approvedBy).toBeUndefined();
    for (const change of [
      (state: CampaignState) => revise(state, design, 'key:a'),
      (state: CampaignState) => takeAudience(state, audience),
    ]) {
      expect(given(...running).when(change)).toBe('conflict');
    }
  });

  it('is approved by another key than the one that wrote it', () => {
    expect(given(drafted, filled).when((state) => approve(state, 'key:a'))).toBe('forbidden');
    expect(given(drafted, filled).when((state) => approve(state, 'key:b'))).toEqual([approved]);
    expect(given(drafted).when((state) => approve(state, 'key:b'))).toBe('conflict');
  });

  it('is scheduled with people, once, and approved where that is asked for', () => {
    expect(given(drafted, filled).when((state) => schedule(state, now, false))).toEqual([scheduled]);
    expect(given(drafted, filled).when((state) => schedule(state, now, true))).toBe('not-approved');
    expect(given(drafted, filled, approved).when((state) => schedule(state, now, true))).toEqual([scheduled]);
    expect(given(drafted).when((state) => schedule(state, now, false))).toBe('conflict');
    expect(given(drafted, filled, scheduled).when((state) => schedule(state, now, false))).toBe('conflict');
  });

  it('is launched at its time and not before, once', () => {
    const before = new Date(now.getTime() - 1);
    expect(given(drafted, filled, scheduled).when((state) => launch(state, before))).toEqual([]);
    expect(given(drafted, filled, scheduled).when((state) => launch(state, now))).toEqual([launched]);
    expect(given(...running).when((state) => launch(state, now))).toEqual([]);
  });

  it('goes back to where it was paused', () => {
    const resumed = CampaignResumed.of({ campaignId });
    expect(given(...running, paused).when(resume)).toEqual([resumed]);
    expect(given(...running, paused, resumed).state.phase).toBe('running');
    expect(given(drafted, filled, scheduled, paused, resumed).state).toMatchObject({ phase: 'scheduled', startAt });
    expect(given(...running).when(resume)).toBe('conflict');
    expect(given(drafted).when((state) => pause(state, 'x'))).toBe('conflict');
  });

  it('remembers which rule a person overruled, until its next occurrence', () => {
    const rule = { name: 'qualityDrop', threshold: 'RED', seen: 'RED' } as const;
    const byRule = CampaignPaused.of({ campaignId, because: 'x', rule });
    const after = [...running, byRule, CampaignResumed.of({ campaignId })];
    expect(given(...after).state.waived).toEqual(['qualityDrop']);
    expect(given(...after, CampaignLaunched.of({ campaignId, occurrence: 2, audienceId })).state.waived).toEqual([]);
  });

  it('once stopped stays stopped', () => {
    for (const decide of [
      resume,
      (state: CampaignState) => pause(state, 'x'),
      (state: CampaignState) => retry(state, 5),
      (state: CampaignState) => schedule(state, now, false),
    ]) {
      expect(given(...running, stopped).when(decide)).toBe('conflict');
    }
    expect(given(...running, stopped).when((state) => stop(state, 'x'))).toEqual([]);
    expect(given(...running, finished).when((state) => stop(state, 'x'))).toBe('conflict');
  });

  it('is not finished by figures that do not know of a retry', () => {
    const retried = CampaignRetried.of({ campaignId, occurrence: 1, retry: 1 });
    const seen = { occurrence: 1, retries: 0, figures: {} };
    expect(given(...running).when((state) => finish(state, seen))).toEqual([finished]);
    expect(given(...running, finished).when((state) => retry(state, 2))).toEqual([retried]);
    expect(given(...running, finished).when((state) => retry(state, 0))).toBe('conflict');
    expect(given(...running, finished, retried).when((state) => finish(state, seen))).toEqual([]);
  });

  it('that recurs is scheduled again when an occurrence ends', () => {
    const nextAt = '2026-03-11T12:00:00.000Z';
    const { state } = given(...running, CampaignFinished.of({ campaignId, occurrence: 1, figures: {}, nextAt }));
    expect(state).toMatchObject({ phase: 'scheduled', startAt: nextAt, occurrence: 1 });
    expect(launch(state, new Date(nextAt))).toMatchObject([{ data: { occurrence: 2 } }]);
  });
});
