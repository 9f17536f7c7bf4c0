import { readFileSync } from 'node:fs';

/** What a process takes of the machine's memory, in kilobytes; 0 once it has ended. */
export function residentKb(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

export const gigabyteKb = 1_000_000;
