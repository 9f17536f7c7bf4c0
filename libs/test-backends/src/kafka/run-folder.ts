import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The process that a test run lives and dies with: jest itself, whether this is one of its workers or not. */
export const runOwner: number = process.send ? process.ppid : process.pid;

/** The folder that all workers of a test run share; the run's own teardown ends the processes listed under `pids`. */
export function runFolder(): string {
  const folder = process.env.POSTRIDER_TEST_RUN_DIR ?? join(tmpdir(), `postrider-tests-${runOwner}`);
  mkdirSync(join(folder, 'pids'), { recursive: true });
  return folder;
}
