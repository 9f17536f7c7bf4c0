import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import type { StatusJob } from './jobs';
import type { Simulation } from './simulation';
import type { MessageRecord } from './witness';

type StatusDue = { dueMs: number } & StatusJob;
type Line = { readonly message: MessageRecord } | { readonly status: StatusDue; readonly wamid: string };

/**
 * What was accepted since the state file was last written, and what is to be told of it: a caller that has its answer will
 * hear of the message, even where the simulator is killed the moment after.
 */
export interface AcceptedJournal {
  accepted(message: MessageRecord): void;
  scheduled(job: StatusDue): void;
  /** The state file has it all now. */
  clear(): void;
  /** Brings back what the state file does not know. */
  restore(sim: Simulation): void;
}

export function acceptedJournal(path: string): AcceptedJournal {
  const write = (line: Line): void => appendFileSync(path, `${JSON.stringify(line)}\n`);
  return {
    accepted: (message) => write({ message }),
    scheduled: ({ message, ...status }) => write({ status: status as StatusDue, wamid: message.wamid }),
    clear: () => rmSync(path, { force: true }),
    restore(sim) {
      const brought = new Set<string>();
      for (const line of linesOf(path)) {
        if ('message' in line) {
          if (sim.witness.find(line.message.wamid)) continue;
          sim.witness.add(line.message);
          brought.add(line.message.wamid);
        } else if (brought.has(line.wamid)) {
          sim.agenda.add({ ...line.status, message: sim.witness.find(line.wamid)! });
        }
      }
    },
  };
}

function linesOf(path: string): Line[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').flatMap(lineIn);
}

/** The last line may have been cut off; nobody was answered then. */
function lineIn(text: string): Line[] {
  try {
    return text === '' ? [] : [JSON.parse(text) as Line];
  } catch {
    return [];
  }
}
