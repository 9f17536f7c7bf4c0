import { createHmac, timingSafeEqual } from 'node:crypto';

/** The attempt that a POST to Meta belongs to. */
export interface AttemptReference {
  readonly messageId: string;
  readonly attempt: number;
}

/**
 * What travels as `biz_opaque_callback_data`, so that a status finds its message without a look-up:
 * `1.<messageId>.<attempt>.<mac>`, far below Meta's 512 characters.
 */
export function callbackToken(identitySecret: Uint8Array, reference: AttemptReference): string {
  const body = `1.${reference.messageId}.${reference.attempt}`;
  return `${body}.${mac(identitySecret, body)}`;
}

/** The attempt a token names; undefined where it is not ours or was changed. */
export function readCallbackToken(identitySecret: Uint8Array, token: string): AttemptReference | undefined {
  const match = /^(1\.([0-9a-f-]{36})\.([1-9]\d{0,5}))\.([\w-]{22})$/.exec(token);
  if (!match) return undefined;
  const [, body, messageId, attempt, given] = match as unknown as [string, string, string, string, string];
  if (!timingSafeEqual(Buffer.from(mac(identitySecret, body)), Buffer.from(given))) return undefined;
  return { messageId, attempt: Number(attempt) };
}

function mac(identitySecret: Uint8Array, body: string): string {
  return createHmac('sha256', identitySecret).update(`callback:${body}`).digest().subarray(0, 16).toString('base64url');
}
