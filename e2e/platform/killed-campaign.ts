import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@postrider/test-backends';
import { bucketsOf, sumOf, type Buckets } from './buckets';
import type { Answer, Call } from './http';
import { allMessages, made } from './shop';

/** What a campaign runs on while parts of it are killed. */
export interface Ground {
  call(): Call;
  /** How many messages Meta took for each recipient, by the digits of the number. */
  taken(): Promise<ReadonlyMap<string, number>>;
  /** Kills what this round is about and starts it again; resolves when it answers. */
  kill(round: number): Promise<void>;
}

/** A share of the way at which each kill falls; the first one falls into the planning. */
const moments = [0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.6, 0.7, 0.8, 0.9];

/** A transactional campaign to these people, launched; answers its id. */
export async function launchCampaign(call: Call, phones: readonly string[]): Promise<string> {
  const drafted = await made(call, '/v1/campaigns', {
    name: 'order news',
    channel: 'shop',
    template: { name: 'order_update', language: 'en_US' },
    variables: ['{{ name }}', '{{ order }}'],
    stopRules: { failureShare: false },
  });
  expect(drafted).toMatchObject({ status: 201 });
  const { id } = drafted.body;
  const path = `/v1/campaigns/${id}`;
  const csv = ['phone,name,order', ...phones.map((phone, index) => `${phone},Ana ${index},A-${index}`)].join('\n');
  await call('POST', `${path}/audience`, csv, { 'content-type': 'text/csv' });
  // An answer may come too late on a busy machine; what counts is what is so then.
  await eventually(async () => {
    const { audience } = (await call('GET', path)).body as unknown as { audience: { people: number } | null };
    expect(audience).toMatchObject({ people: phones.length });
  });
  await eventually(async () => {
    await call('POST', `${path}/launch`);
    expect((await call('GET', path)).body.state).not.toBe('draft');
  });
  return id;
}

/**
 * Runs a campaign through ten kills, looking at its figures all the while. It ends finished, nobody was written to twice,
 * and nobody is missing: who did not get it is counted as failed, and gets it once by a retry.
 */
export async function runThroughKills(ground: Ground, phones: readonly string[]): Promise<{ samples: number }> {
  const id = await launchCampaign(ground.call(), phones);
  const watched = watch(ground, id, phones.length);
  try {
    for (const [round, share] of moments.entries()) {
      await watched.until(({ targeted, pending }) => targeted - pending >= share * phones.length);
      await pause(Math.random() * 150);
      await ground.kill(round);
    }
    await watched.finished();
    const sent = await settledAs(ground, id, phones);
    if (sent < phones.length) {
      expect(await ground.call()('POST', `/v1/campaigns/${id}/retry`)).toMatchObject({ status: 200 });
      await watched.finished();
      expect(await settledAs(ground, id, phones)).toBe(phones.length);
    }
  } finally {
    await watched.end();
  }
  return { samples: watched.samples() };
}

/** Each was taken by Meta as often as the figures say, and never twice; answers how many were. */
async function settledAs(ground: Ground, id: string, phones: readonly string[]): Promise<number> {
  const taken = await ground.taken();
  const times = phones.map((phone) => taken.get(phone.slice(1)) ?? 0);
  expect(times.filter((each) => each > 1)).toEqual([]);
  const sent = times.filter((each) => each === 1).length;
  const { progress, state } = (await ground.call()('GET', `/v1/campaigns/${id}`)).body;
  const open = { pending: 0, held: 0, unknown: 0, cancelled: 0, expired: 0, refused: 0 };
  expect({ state, ...progress }).toMatchObject({ ...open, state: 'finished', targeted: phones.length });
  expect({ sent: progress['sent'], failed: progress['failed'] }).toEqual({ sent, failed: phones.length - sent });
  await eventually(
    async () => {
      const messages = (await allMessages(ground.call())).filter(({ state: each }) => each === 'read');
      expect(new Set(messages.map(({ to }) => to.phone)).size).toBe(sent);
    },
    { withinMs: 30_000, everyMs: 500 },
  );
  return sent;
}

const lookEveryMs = 100;

/** Looks at the campaign again and again; what does not add up at any moment fails `end`. */
function watch(ground: Ground, id: string, people: number) {
  let going = true;
  let samples = 0;
  let broken: unknown;
  let last: { state: string; figures: Buckets } | undefined;
  const looking = (async () => {
    let targetedBefore = 0;
    while (going && broken === undefined) {
      const seen = await look(ground.call(), id);
      if (seen !== undefined) {
        try {
          addUp(seen, targetedBefore, people);
          samples += 1;
          targetedBefore = seen.figures.targeted;
          last = seen;
        } catch (error) {
          broken = error;
        }
      }
      await pause(lookEveryMs);
    }
  })();
  const until = (holds: (figures: Buckets, state: string) => boolean): Promise<void> =>
    eventually(
      async () => {
        if (broken !== undefined) return;
        if (last === undefined || !holds(last.figures, last.state)) throw new Error(`it is at ${JSON.stringify(last)}`);
        await Promise.resolve();
      },
      { withinMs: 300_000, everyMs: lookEveryMs },
    );
  return {
    until,
    finished: () => {
      last = undefined;
      return until((_, state) => state === 'finished');
    },
    samples: () => samples,
    async end() {
      going = false;
      await looking;
      if (broken !== undefined) throw broken as Error;
    },
  };
}

interface Seen {
  readonly state: string;
  readonly figures: Buckets;
  readonly report: Buckets;
}

function addUp({ state, figures, report }: Seen, targetedBefore: number, people: number): void {
  expect(sumOf(figures)).toBe(figures.targeted);
  expect(figures.targeted).toBeGreaterThanOrEqual(targetedBefore);
  expect(figures.targeted).toBeLessThanOrEqual(people);
  expect(figures.delivered).toBeLessThanOrEqual(figures.sent);
  // Folded by another service from other events.
  expect(sumOf(report)).toBe(report.targeted);
  if (state !== 'finished') return;
  expect({ targeted: figures.targeted, open: figures.pending + figures.held + figures.unknown }).toEqual({
    targeted: people,
    open: 0,
  });
}

/** Undefined while nobody is there to answer. */
async function look(call: Call, id: string): Promise<Seen | undefined> {
  const ask = (path: string): Promise<Answer | undefined> => call('GET', path).catch(() => undefined);
  const [campaign, report] = await Promise.all([ask(`/v1/campaigns/${id}`), ask('/v1/reports/delivery?by=campaign')]);
  if (campaign?.status !== 200 || report?.status !== 200) return undefined;
  const { state, progress } = campaign.body;
  return { state, figures: progress as unknown as Buckets, report: bucketsOf(report.body) };
}
