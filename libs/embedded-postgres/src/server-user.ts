import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { unusable } from './unusable';

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Postgres refuses to run as root. Then it runs as whoever owns the data already, else as `postgres`, else as `nobody`:
 * making a user would change a machine that is not ours. Undefined where the server simply runs as we do.
 */
export function serverUser(dataDir: string): ServerUser | undefined {
  if (!isRoot()) return undefined;
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = userNamed('postgres') ?? userNamed('nobody');
  if (!user) throw unusable('Postgres cannot run as root, and there is no user "postgres" or "nobody" to run it as');
  return user;
}

function userNamed(name: string): ServerUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((candidate) => candidate.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Whether the user may pass through every folder down to and including `folder`. */
export function mayEnter(user: ServerUser, folder: string): boolean {
  for (let current = folder; ; current = dirname(current)) {
    const found = statSync(current, { throwIfNoEntry: false });
    if (found) {
      const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
      if (!(found.mode & bit)) return false;
    }
    if (current === dirname(current)) return true;
  }
}
