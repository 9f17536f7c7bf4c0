import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CannotStart } from './environment';

/** Where the standalone form keeps what outlives it: the database, and the two keys it made for itself. */
export interface DataFolder {
  readonly path: string;
  /** The API key: the one given, else the one made at the first start. */
  readonly apiKey: string;
  readonly masterKey: Buffer;
}

/** Opens the folder, making it and its keys (mode 0600) where they are not there yet. */
export function openDataFolder(path: string, given: { apiKey?: string; masterKey?: Buffer }): DataFolder {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true });
    return {
      path: folder,
      apiKey: given.apiKey ?? keptSecret(join(folder, 'api-key'), () => `pk_${randomBytes(24).toString('base64url')}`),
      masterKey:
        given.masterKey ??
        Buffer.from(
          keptSecret(join(folder, 'master-key'), () => randomBytes(32).toString('base64')),
          'base64',
        ),
    };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new CannotStart(
      `POSTRIDER_DATA: cannot write in ${folder} (${code}). Make the folder writable, or name another one.`,
      { cause },
    );
  }
}

function keptSecret(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}
