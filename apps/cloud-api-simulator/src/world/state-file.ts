import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Job } from './jobs';
import type { Simulation } from './simulation';
import type { State } from './state';
import type { MessageRecord } from './witness';

const writeEveryMs = 500;
/** Messages in the file; more only live in memory. */
const messagesWritten = 5_000;

interface Snapshot {
  state: State;
  messages: MessageRecord[];
  total: number;
  jobs: Job[];
}

/** Reads the state from a file if it is there, and writes it back soon after each change. */
export function keepState(sim: Simulation, path: string): { later(): void; now(): void; stop(): void } {
  if (existsSync(path)) restore(sim, path);
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const now = (): void => {
    clearTimeout(timer);
    timer = undefined;
    mkdirSync(dirname(path), { recursive: true });
    const text = JSON.stringify(snapshotOf(sim), withCollections);
    writeFileSync(`${path}.new`, text);
    // Whole or not at all, whatever happens in between.
    renameSync(`${path}.new`, path);
  };
  return {
    now,
    later() {
      if (!stopped) timer ??= setTimeout(now, writeEveryMs);
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
  return { state: sim.state, messages, total: sim.witness.total, jobs: [...unsent, ...sim.agenda.items()] };
}

function restore(sim: Simulation, path: string): void {
  const snapshot = JSON.parse(readFileSync(path, 'utf8'), intoCollections) as Snapshot;
  sim.state = snapshot.state;
  sim.witness.restore(snapshot.messages, snapshot.total);
  for (const job of snapshot.jobs) sim.agenda.add(relinked(sim, job));
}

/** A job's message is again the one in the witness, so that both see what happens to it. */
function relinked(sim: Simulation, job: Job): Job {
  if (job.kind !== 'status') return job;
  return { ...job, message: sim.witness.find(job.message.wamid) ?? job.message };
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
