import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rootsFolder } from './binaries';
import { mayEnter, serverUser, type ServerUser } from './server-user';
import { systemCode, unusable } from './unusable';

export interface DataDirectory {
  readonly folder: string;
  /** Where Postgres keeps its files, inside the folder. */
  readonly cluster: string;
  readonly user: ServerUser | undefined;
  /** Whether a cluster is there already. */
  readonly initialised: boolean;
}

/** Makes the folder, owned by whoever the server will run as, or says in one line why it cannot be used. */
export function dataDirectory(wanted: string): DataDirectory {
  const path = resolve(wanted);
  try {
    makeFolder(dirname(path));
    let user = serverUser(path);
    if (user && !mayEnter(user, dirname(path))) reachableInstead(path);
    else makeFolder(path, 0o700);
    const folder = realpathSync(path);
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    user = serverUser(folder);
    if (user) chownSync(folder, user.uid, user.gid);
    else accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const cluster = join(folder, 'cluster');
    return { folder, cluster, user, initialised: existsSync(cluster) };
  } catch (error) {
    throw unusable(
      `the data directory ${path} cannot be written (${systemCode(error)}): choose another or mend its rights`,
      error,
    );
  }
}

/**
 * As root, below a folder that only root may enter, the server's user cannot reach its data: it then lives in a folder
 * of its own, and a link stands where it was wanted.
 */
function reachableInstead(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })) return;
  symlinkSync(mkdtempSync(join(rootsFolder, 'postrider-data-')), path);
}

/** With its parents. Node's own recursive mkdir never returns below /proc, where a missing folder stays missing. */
function makeFolder(path: string, mode = 0o777): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode });
}
