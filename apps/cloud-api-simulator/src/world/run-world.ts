import { rateBuckets } from '../messages/rate-buckets';
import { buildState } from '../seed/build-state';
import type { Seed } from '../seed/seed-shape';
import { doJob } from '../webhooks/do-job';
import { Outbox } from '../webhooks/outbox';
import { Agenda } from './agenda';
import type { Job } from './jobs';
import type { Settings } from './settings';
import type { Simulation } from './simulation';
import type { State } from './state';
import { Witness } from './witness';

export interface WorldOptions {
  seed: Seed;
  settings: Partial<Settings>;
  /** Real time in milliseconds, under the simulated one. */
  clock: () => number;
  /** Makes chance repeatable. */
  randomSeed: number;
  /** Told whenever something may have changed. */
  changed: () => void;
}

export interface World extends Simulation {
  /** Jobs that are due run; the timer is set for the next. */
  wake(): void;
  close(): Promise<void>;
}

/** A running world: its state, its clock and the agenda that drives it. */
export function runWorld(options: WorldOptions): World {
  const { seed, settings, clock, changed } = options;
  const agenda = new Agenda<Job>();
  let random = seededRandom(options.randomSeed);
  let timer: NodeJS.Timeout | undefined;
  let timerDueMs = Infinity;
  let closed = false;

  const world = {
    state: buildState(seed, settings, clock()),
    agenda,
    baseUrl: '',
    nowMs: () => clock() + world.state.clockOffsetMs,
    random: () => random(),
    schedule(job: Job) {
      agenda.add(job);
      if (job.kind === 'status') world.journal?.scheduled(job);
      if (job.dueMs < timerDueMs) setTimer();
    },
    advance(ms: number) {
      const target = world.state.clockOffsetMs + ms;
      // Step from due time to due time, so that every job sees the time it was due at.
      for (;;) {
        const next = agenda.nextDueMs;
        const offset = next === undefined ? Infinity : next - clock();
        if (offset > target) break;
        world.state.clockOffsetMs = Math.max(world.state.clockOffsetMs, offset);
        runDue();
      }
      world.state.clockOffsetMs = Math.max(world.state.clockOffsetMs, target);
      world.wake();
    },
    reset(how: { keepWebhooks?: boolean } = {}) {
      const before = world.state;
      agenda.clear();
      world.outbox.reset();
      world.rates.clear();
      world.witness.clear();
      random = seededRandom(options.randomSeed);
      world.state = buildState(seed, settings, clock());
      if (how.keepWebhooks) keepWebhooks(before, world.state);
      changed();
    },
    wake() {
      runDue();
      setTimer();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await world.outbox.close();
    },
  } as unknown as World & { witness: Witness; outbox: Outbox };
  Object.assign(world, {
    witness: new Witness(() => world.state.settings.messagesKept),
    outbox: new Outbox(world),
    rates: rateBuckets(),
  });

  function runDue(): void {
    const nowMs = world.nowMs();
    for (let job = agenda.take(nowMs); job; job = agenda.take(nowMs)) doJob(world, job);
    changed();
  }

  function setTimer(): void {
    clearTimeout(timer);
    const next = agenda.nextDueMs;
    timerDueMs = next ?? Infinity;
    if (next === undefined || closed) return;
    // A few milliseconds' grain, so that thousands of jobs a second share a wake-up; setTimeout overflows beyond 24 days.
    timer = setTimeout(() => world.wake(), Math.min(Math.max(next - world.nowMs(), 2), 2_000_000_000));
  }

  return world;
}

function keepWebhooks(before: State, after: State): void {
  for (const [id, account] of after.accounts)
    account.subscriptions = before.accounts.get(id)?.subscriptions ?? new Map();
  for (const [id, phone] of after.numbers) phone.webhookOverride = before.numbers.get(id)?.webhookOverride ?? null;
  for (const [id, app] of after.apps) Object.assign(app, { ...before.apps.get(id), secret: app.secret });
}

/** Mulberry32: small, fast, repeatable. */
function seededRandom(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
