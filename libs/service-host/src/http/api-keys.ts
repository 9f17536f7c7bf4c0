import { createHash, timingSafeEqual } from 'node:crypto';
import { scopes, type Scope } from '@postrider/event-contracts';

export interface ApiKey {
  /** Stands in events as `key:<id>`; never the secret. */
  readonly id: string;
  readonly workspaceId: string;
  readonly scopes: readonly Scope[];
}

/** Where keys are known; undefined for a secret that is not, or no longer, a key. */
export interface ApiKeys {
  find(secret: string): Promise<ApiKey | undefined>;
}

/** The workspace of an installation that knows no other. */
export const defaultWorkspaceId = '01900000-0000-7000-8000-000000000001';

/** The one key of the environment: all scopes in the default workspace. Without a secret nobody gets in. */
export function installationKey(secret: string | undefined): ApiKeys {
  const right = secret === undefined ? undefined : digest(secret);
  const key: ApiKey = { id: 'installation', workspaceId: defaultWorkspaceId, scopes };
  return {
    find: (given) => Promise.resolve(right !== undefined && timingSafeEqual(right, digest(given)) ? key : undefined),
  };
}

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Asks each in turn; the first that knows the secret says whose it is. */
export function eitherOf(...keys: readonly ApiKeys[]): ApiKeys {
  return {
    async find(secret) {
      for (const each of keys) {
        const found = await each.find(secret);
        if (found) return found;
      }
      return undefined;
    },
  };
}
