import type { Clock } from '@postrider/decider';
import type { Scope, ServiceName } from '@postrider/event-contracts';
import { hashOfSecret, isApiSecret } from '@postrider/keys';
import type { Fold } from '@postrider/messaging';
import type { Pool } from 'pg';
import type { ApiKey, ApiKeys } from '../http/api-keys';
import { unavailable } from '../http/problem';
import { coalesced } from '../idempotency/coalesced';
import type { ReaderProgress } from '../service-definition';
import { keptKeysFold, keptKeysReader } from './kept-keys-fold';

/** A key that was good is asked of the database again after this time: so long may a revocation by another process wait. */
const rememberedMs = 1_000;
const caughtUpWithinMs = 1_000;

interface KeptKey extends ApiKey {
  readonly expiresAt: Date | null;
  readonly supersededAt: Date | null;
}

/** The API keys that configuration made, as this service has heard of them. */
export interface KeptKeys extends ApiKeys {
  readonly fold: Fold;
}

/**
 * Looks secrets up by their hash in the service's own copy. That a secret is of no key is said only once the copy has
 * reached configuration's head, so that a key works everywhere as soon as it was given.
 */
export function keptKeys(deps: {
  service: ServiceName;
  pool: Pool;
  clock: Clock;
  readers: ReaderProgress;
  used: (keyId: string, at: Date) => void;
}): KeptKeys {
  const { service, pool, clock, readers } = deps;
  const remembered = new Map<string, { key: KeptKey; until: number }>();
  let askUntil = 0;
  const caughtUp = coalesced(async (asking: readonly string[]) => {
    const reached = await readers.caughtUp(keptKeysReader(service), 'configuration', caughtUpWithinMs);
    return asking.map(() => reached);
  });

  async function read(hash: string): Promise<KeptKey | undefined> {
    const known = remembered.get(hash);
    if (known && known.until > performance.now()) return known.key;
    remembered.delete(hash);
    const { rows } = await pool.query<KeptKey & { scopes: Scope[] }>(
      `select key_id as id, workspace_id as "workspaceId", scopes, expires_at as "expiresAt",
              superseded_at as "supersededAt"
         from kept_key where secret_hash = $1`,
      [hash],
    );
    const now = performance.now();
    if (rows[0] && now > askUntil) remembered.set(hash, { key: rows[0], until: now + rememberedMs });
    return rows[0];
  }

  return {
    fold: keptKeysFold(service, () => {
      // Until the change is committed, reading gives what was before: nothing of it is remembered.
      remembered.clear();
      askUntil = performance.now() + rememberedMs;
    }),
    async find(secret) {
      if (!isApiSecret(secret)) return undefined;
      const hash = hashOfSecret(secret);
      const key = (await read(hash)) ?? (await readOnceCaughtUp(hash));
      const now = clock.now();
      if (!key || isOver(key.expiresAt, now) || isOver(key.supersededAt, now)) return undefined;
      deps.used(key.id, now);
      return key;
    },
  };

  async function readOnceCaughtUp(hash: string): Promise<KeptKey | undefined> {
    if (await caughtUp(hash)) return read(hash);
    throw unavailable('Whether this is an API key cannot be told yet.');
  }
}

const isOver = (end: Date | null, now: Date): boolean => end !== null && end <= now;
