import { fork } from 'node:child_process';
import { join } from 'node:path';
import { endWithRun } from './run-folder';

/** Starts `postgres:18` in the container engine and answers its address; undefined where that fails (no image, no network). */
export function containerPostgres(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const holder = fork(join(__dirname, 'hold-container-postgres.cjs'), { detached: true, stdio: 'ignore' });
    if (holder.pid !== undefined) endWithRun('container-postgres', holder.pid);
    holder.once('message', ({ url }: { url?: string }) => {
      holder.unref();
      resolve(url);
    });
    holder.once('exit', () => resolve(undefined));
  });
}
