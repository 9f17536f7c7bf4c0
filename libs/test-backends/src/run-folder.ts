import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, systemCode } from '@postrider/embedded-postgres';
import { makeRunFolder } from './make-run-folder.cjs';

/** The folder that all workers of a jest run share; outside jest, one of this process's own. */
export function runFolder(): string {
  return (process.env.POSTRIDER_TEST_RUN_DIR ??= makeRunFolder());
}

/** The process that the run ends with: jest itself, not one of its workers. */
export function runOwner(): number {
  return Number(readFileSync(join(runFolder(), 'owner.pid'), 'utf8'));
}

/** Has the process ended with the run. Signals as `kill -s` names them. */
export function endWithRun(name: string, pid: number, signal: 'TERM' | 'QUIT' | 'KILL' = 'TERM'): void {
  writeFileSync(join(runFolder(), 'pids', `${name}.pid`), `${pid} ${signal}`);
}

/**
 * Does something once in a run, whichever worker asks first, and gives every worker the answer. Where it failed, the
 * others fail with the same message rather than trying again.
 */
export async function onceInRun<T>(name: string, make: () => Promise<T>): Promise<T> {
  const answer = join(runFolder(), `${name}.json`);
  const lock = join(runFolder(), `${name}.lock`);
  for (;;) {
    if (existsSync(answer)) {
      const { value, error } = JSON.parse(readFileSync(answer, 'utf8')) as { value: T; error?: string };
      if (error !== undefined) throw new Error(error);
      return value;
    }
    if (take(lock)) break;
    freeOfTheDead(lock);
    await delay(20);
  }
  const result = await make().then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  writeFileSync(`${answer}.new`, JSON.stringify(result));
  renameSync(`${answer}.new`, answer);
  if ('error' in result) throw new Error(result.error);
  return result.value;
}

/** For what fills the machine by itself: waits until no other worker of the run is at it; call the answer when done. */
export async function turnInRun(name: string): Promise<() => void> {
  const lock = join(runFolder(), `${name}.turn`);
  while (!take(lock)) {
    freeOfTheDead(lock);
    await delay(200);
  }
  return () => rmSync(lock, { force: true });
}

/** A worker that was killed while it held the lock must not stop the others. */
function freeOfTheDead(lock: string): void {
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (holder > 0 && !isRunning(holder)) rmSync(lock, { force: true });
}

function take(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
