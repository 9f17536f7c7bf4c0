import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataDirectory } from './data-directory';
import { unusable } from './unusable';

/**
 * Makes the cluster: locale C, UTF-8, a password that nobody has to type. It is made beside its place and moved in whole,
 * so that an interrupted first start leaves nothing half made.
 */
export async function initialise(
  initdb: string,
  data: DataDirectory,
  passwordFile: string,
  durable: boolean,
): Promise<void> {
  const unfinished = join(data.folder, 'unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (data.user) chownSync(passwordFile, data.user.uid, data.user.gid);
  await run(initdb, data, [
    ...[
      '--pgdata',
      unfinished,
      '--username',
      'postgres',
      '--pwfile',
      passwordFile,
      '--auth',
      durable ? 'scram-sha-256' : 'trust',
    ],
    ...['--encoding', 'UTF8', '--locale', 'C', ...(durable ? [] : ['--no-sync'])],
  ]);
  renameSync(unfinished, data.cluster);
}

function run(initdb: string, { folder, user }: DataDirectory, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let errors = '';
    const child = spawn(initdb, args, {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', (error) => reject(unusable(`initdb could not be run: ${error.message}`, error)));
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(unusable(`initdb failed: ${errors.trim().split('\n').at(-1) ?? `exit ${code}`}`)),
    );
  });
}
