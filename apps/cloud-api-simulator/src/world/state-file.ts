import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { acceptedJournal, type AcceptedJournal } from './accepted-journal';
import { defaultSettings } from './settings';
import type { Job, UpdateNote } from './jobs';
import type { Simulation } from './simulation';
import type { State } from './state';
import type { MessageRecord } from './witness';

const writeEveryMs = 500;
/** Writing takes at most about a twentieth of the time, however much there is to write. */
const restFactor = 20;
/** Messages in the file; more only live in memory. */
const messagesWritten = 5_000;

interface Snapshot {
  state: State;
  messages: MessageRecord[];
  total: number;
  jobs: Job[];
}

export interface KeptState {
  later(): void;
  now(): void;
  stop(): void;
  /** At once, for what a caller is about to be told. */
  readonly journal: AcceptedJournal;
}

/** Reads the state from a file if it is there, and writes it back soon after each change. */
export function keepState(sim: Simulation, path: string): KeptState {
  if (existsSync(path)) restore(sim, path);
  const journal = acceptedJournal(`${path}.accepted`);
  journal.restore(sim);
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let restMs = writeEveryMs;
  const now = (): void => {
    const started = performance.now();
    clearTimeout(timer);
    timer = undefined;
    mkdirSync(dirname(path), { recursive: true });
    const text = JSON.stringify(snapshotOf(sim), withCollections);
    writeFileSync(`${path}.new`, text);
    // Whole or not at all, whatever happens in between.
    renameSync(`${path}.new`, path);
    journal.clear();
    restMs = Math.max(writeEveryMs, (performance.now() - started) * restFactor);
  };
  return {
    journal,
    now,
    later() {
      if (!stopped) timer ??= setTimeout(now, restMs);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function snapshotOf(sim: Simulation): Snapshot {
  const messages = sim.witness.newest(messagesWritten).reverse();
  const unsent: Job[] = sim.outbox.unsent().map((update) => ({ kind: 'update', dueMs: 0, update }));
  const jobs = [...unsent, ...sim.outbox.unanswered(), ...sim.agenda.items()];
  return { state: sim.state, messages, total: sim.witness.total, jobs: jobs.map(slim) };
}

/** A job without the message records that the witness has anyway. */
function slim(job: Job): Job {
  if (job.kind === 'update') return { ...job, update: { ...job.update, note: slimNote(job.update.note) } };
  return job.kind === 'retry' ? { ...job, updates: job.updates.map(slimNote) } : job;
}

function slimNote({ message, ...note }: UpdateNote): UpdateNote {
  return { ...note, ...(message && { wamid: message.wamid }) };
}

function restore(sim: Simulation, path: string): void {
  const snapshot = read(path);
  // A setting that is newer than the file has its default.
  sim.state = { ...snapshot.state, settings: { ...defaultSettings, ...snapshot.state.settings } };
  sim.witness.restore(snapshot.messages, snapshot.total);
  for (const job of snapshot.jobs) sim.agenda.add(relinked(sim, job));
}

function read(path: string): Snapshot {
  try {
    const snapshot = JSON.parse(readFileSync(path, 'utf8'), intoCollections) as Snapshot;
    if (snapshot.state.accounts instanceof Map && Array.isArray(snapshot.jobs)) return snapshot;
  } catch (error) {
    throw new Error(`The state file ${path} cannot be read (remove it to start from the seed): ${String(error)}`);
  }
  throw new Error(`The state file ${path} cannot be read: it was not written by the simulator.`);
}

/** A job's message is again the one in the witness, so that both see what happens to it. */
function relinked(sim: Simulation, job: Job): Job {
  const relink = (note: UpdateNote): UpdateNote => {
    const message = note.wamid === undefined ? undefined : sim.witness.find(note.wamid);
    return message ? { ...note, message } : note;
  };
  if (job.kind === 'status') return { ...job, message: sim.witness.find(job.message.wamid) ?? job.message };
  if (job.kind === 'update') return { ...job, update: { ...job.update, note: relink(job.update.note) } };
  return job.kind === 'retry' ? { ...job, updates: job.updates.map(relink) } : job;
}

function withCollections(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { '@map': [...value] };
  if (value instanceof Set) return { '@set': [...value] };
  return value;
}

function intoCollections(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('@map' in value) return new Map(value['@map'] as [unknown, unknown][]);
  if ('@set' in value) return new Set(value['@set'] as unknown[]);
  return value;
}
