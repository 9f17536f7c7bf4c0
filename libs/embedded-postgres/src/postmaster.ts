import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from './unusable';

/** Whether a process with this id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** The server's state by its own pid file (lines: pid, data directory, start, port, socket folder, address, memory, state). */
export function pidFile(dataDir: string): { pid: number; state: string } | undefined {
  const path = join(dataDir, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, state: lines[7]?.trim() ?? '' } : undefined;
}

/** The id of a server that runs on this data, left by a process that was killed; ids are reused, so its command is checked. */
export function runningOn(dataDir: string): number | undefined {
  const pid = pidFile(dataDir)?.pid;
  return pid !== undefined && isRunning(pid) && command(pid).includes(dataDir) ? pid : undefined;
}

function command(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    // It ended between the two looks.
    return '';
  }
}

/** Fast shutdown: clients are cut off, data is flushed. Immediate after `patienceMs`; the log then replays at the next start. */
export async function stopServer(pid: number, patienceMs = 15_000): Promise<void> {
  if (!signal(pid, 'SIGINT')) return;
  if (await gone(pid, patienceMs)) return;
  signal(pid, 'SIGQUIT');
  await gone(pid, 10_000);
}

/** False where the process is gone already. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
    throw error;
  }
}

/** Waits until the process has ended. */
export async function gone(pid: number, withinMs: number): Promise<boolean> {
  for (const end = performance.now() + withinMs; performance.now() < end; await delay(10)) {
    if (!isRunning(pid)) return true;
  }
  return !isRunning(pid);
}
