import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

const form = /^sha256=([0-9a-f]{64})$/i;

/**
 * The one whose secret signed these bytes; undefined where the header is missing, malformed or nobody's. Meta signs the
 * raw body with the app's secret (`X-Hub-Signature-256`), so the bytes are checked as they came, in constant time.
 */
export function signerOf<Signer extends { readonly secret: KeyObject }>(
  header: string | readonly string[] | undefined,
  body: Uint8Array,
  signers: readonly Signer[],
): Signer | undefined {
  const match = typeof header === 'string' ? form.exec(header) : null;
  if (!match) return undefined;
  const given = Buffer.from(match[1]!, 'hex');
  return signers.find(({ secret }) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), given));
}
