import { createHash, randomBytes } from 'node:crypto';

const secretBytes = 32;
const form = /^pk_[\w-]{43}$/;

/** A new secret of an API key: `pk_` and 256 random bits, which no list of likely secrets can hold. */
export function newApiSecret(): string {
  return `pk_${randomBytes(secretBytes).toString('base64url')}`;
}

/** Whether a text has the form of a secret that we made; what has not needs no look-up. */
export function isApiSecret(text: string): boolean {
  return form.test(text);
}

/**
 * What is kept of a secret: SHA-256, in hex. Fast on purpose, since it is made for every request; slow hashes and salts
 * are for what people choose, and 256 random bits cannot be guessed from their hash.
 */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
