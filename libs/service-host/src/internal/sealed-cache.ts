import { randomBytes } from 'node:crypto';
import { keyring } from '@postrider/keys';

/**
 * Remembers secrets for a short while, sealed, so that a heap dump does not show them in clear. Concurrent askers share one
 * question; failures and "there is none" are not remembered.
 */
export function sealedCache(ttlMs: number, nowMs: () => number = () => performance.now()) {
  const keys = keyring(randomBytes(32));
  const kept = new Map<string, { box: Buffer; until: number }>();
  const asking = new Map<string, Promise<Uint8Array | undefined>>();
  return async function remembered(
    name: string,
    ask: () => Promise<Uint8Array | undefined>,
  ): Promise<Uint8Array | undefined> {
    const known = kept.get(name);
    if (known && known.until > nowMs()) return keys.open(known.box, name);
    kept.delete(name);
    const asked = asking.get(name) ?? ask().finally(() => asking.delete(name));
    asking.set(name, asked);
    const secret = await asked;
    if (secret) kept.set(name, { box: keys.seal(secret, name), until: nowMs() + ttlMs });
    return secret;
  };
}
