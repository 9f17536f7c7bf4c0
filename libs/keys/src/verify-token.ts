import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The verify token of Meta's handshake, stateless so that Meta's immediate check cannot race the set-up:
 * `<account id>.<mac>` under a key derived for the purpose.
 */
export function verifyToken(key: Uint8Array, accountId: string): string {
  return `${accountId}.${mac(key, accountId)}`;
}

/** The account a verify token is for; undefined where it is not ours. */
export function readVerifyToken(key: Uint8Array, token: string): string | undefined {
  const split = token.lastIndexOf('.');
  const accountId = token.slice(0, Math.max(split, 0));
  const given = Buffer.from(token.slice(split + 1));
  const right = Buffer.from(mac(key, accountId));
  return accountId !== '' && given.length === right.length && timingSafeEqual(given, right) ? accountId : undefined;
}

function mac(key: Uint8Array, accountId: string): string {
  return createHmac('sha256', key).update(`verify:${accountId}`).digest('base64url').slice(0, 32);
}
