import { isRefusal, type Clock, type Outcome } from '@postrider/decider';
import { hashOfSecret, newApiSecret, type Keyring } from '@postrider/keys';
import {
  type Answer,
  askedBy,
  type Caller,
  type Changing,
  keptKeysReader,
  Problem,
  problemOf,
} from '@postrider/service-host';
import type { z } from 'zod';
import {
  apiKey,
  createApiKey,
  revokeApiKey,
  rotateApiKey,
  type ApiKeyEvent,
  type ApiKeyState,
} from '../api-key/api-key.decider';
import { configuredReader } from '../views/configured.projection';
import type { ConfiguredViews } from '../views/configured';
import { showApiKey, type LastUses } from '../views/shown-api-key';
import type { ApiKeyBody } from './api-keys.route';

export interface ApiKeyDeps {
  readonly changing: Changing;
  readonly views: ConfiguredViews;
  readonly keys: Keyring;
  readonly clock: Clock;
  readonly lastUses: LastUses;
}

/** Makes, rotates and revokes API keys. A refusal is thrown as the problem that the caller gets. */
export function keepApiKeys({ changing, views, keys, clock, lastUses }: ApiKeyDeps) {
  const context = (keyId: string): string => `api-key:${keyId}`;
  const apply = async (
    caller: Caller,
    keyId: string,
    decide: (state: ApiKeyState) => Outcome<ApiKeyEvent>,
  ): Promise<void> => {
    const changed = await changing.change(askedBy(caller), keyId, apiKey, decide);
    if (isRefusal(changed)) throw problemOf(changed);
    await changing.shown([changed], [configuredReader, keptKeysReader('configuration')]);
  };
  const known = async ({ workspaceId }: Caller, keyId: string) => {
    const row = await views.one('api-key', workspaceId, keyId);
    if (!row) throw new Problem('not-found', 'There is no API key with this id.');
    return row;
  };
  /** What is kept of the answer holds the secret in a box: the idempotency key's table is no place for it in clear. */
  const withSecret = async (caller: Caller, keyId: string, secret: string) => ({
    ...showApiKey(await known(caller, keyId), {}, clock.now()),
    boxedKey: keys.seal(Buffer.from(secret), context(keyId)).toString('base64'),
  });

  return {
    async create(keyId: string, body: z.infer<typeof ApiKeyBody>, caller: Caller) {
      const secret = newApiSecret();
      const asked = { ...body, keyId, held: caller.scopes, secretHash: hashOfSecret(secret), now: clock.now() };
      await apply(caller, keyId, (state) => createApiKey(asked, state));
      return withSecret(caller, keyId, secret);
    },
    async rotate(keyId: string, overlapSeconds: number, caller: Caller) {
      await known(caller, keyId);
      const secret = newApiSecret();
      const now = clock.now();
      const previousUntil = new Date(now.getTime() + overlapSeconds * 1_000);
      const asked = { held: caller.scopes, secretHash: hashOfSecret(secret), now, previousUntil };
      await apply(caller, keyId, (state) => rotateApiKey(asked, state));
      return withSecret(caller, keyId, secret);
    },
    async revoke(keyId: string, caller: Caller): Promise<void> {
      await known(caller, keyId);
      await apply(caller, keyId, (state) => revokeApiKey({}, state));
    },
    async one(keyId: string, caller: Caller) {
      return showApiKey(await known(caller, keyId), await lastUses(), clock.now());
    },
    /** The answer as the caller gets it, with the secret in clear. */
    opened({ status, body }: Answer): Answer {
      const { boxedKey, ...shown } = body as { id: string; boxedKey?: string };
      if (boxedKey === undefined) return { status, body };
      try {
        const key = keys.open(Buffer.from(boxedKey, 'base64'), context(shown.id)).toString('utf8');
        return { status, body: { ...shown, key } };
      } catch (cause) {
        // The master key that sealed it was taken away within the days that an answer is kept.
        const because = 'The key was in the first answer and cannot be shown again: rotate it.';
        throw Object.assign(new Problem('conflict', because), { cause });
      }
    },
  };
}
export const KeepApiKeys = Symbol('KeepApiKeys');
export type KeepApiKeys = ReturnType<typeof keepApiKeys>;
