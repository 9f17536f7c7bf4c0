import type { FastifyInstance } from 'fastify';
import type { Outbox } from '../webhooks/outbox';
import type { RateBuckets } from '../messages/rate-buckets';
import type { Agenda } from './agenda';
import type { AcceptedJournal } from './accepted-journal';
import type { Job } from './jobs';
import type { State } from './state';
import type { Witness } from './witness';

/** The running simulator, handed to every route. */
export interface Simulation {
  state: State;
  readonly witness: Witness;
  readonly agenda: Agenda<Job>;
  readonly outbox: Outbox;
  readonly rates: RateBuckets;
  /** Simulated wall-clock time in milliseconds. */
  nowMs(): number;
  /** Uniform in [0, 1); seeded, so that a run can be repeated. */
  random(): number;
  schedule(job: Job): void;
  /** Where a file keeps the state: what may not be lost once the caller is answered. */
  journal?: AcceptedJournal;
  /** Moves the clock and does, in order, all that falls due. */
  advance(ms: number): void;
  reset(options?: { keepWebhooks?: boolean }): void;
  /** Where this simulator is reached, for media addresses. */
  baseUrl: string;
  http?: FastifyInstance;
}

export const secondsOf = (ms: number): number => Math.floor(ms / 1000);

/** The next number of a kind, from its start on. */
export function nextNumber(state: State, kind: string, first: number): number {
  const number = state.counters[kind] ?? first;
  state.counters[kind] = number + 1;
  return number;
}
