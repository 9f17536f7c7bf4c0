import { createHmac } from 'node:crypto';

/** What Meta or a caller knows a person by. A phone number and a `wa_id` are one kind: their digits. */
export type Alias = { readonly phone: string } | { readonly userId: string };

/**
 * Names a person on the bus without revealing who: an HMAC of the alias under the workspace's identity secret, so that
 * every service derives the same key. `p.` for a phone, `u.` for a business-scoped user id.
 */
export function aliasKey(identitySecret: Uint8Array, alias: Alias): string {
  const [kind, value] = 'phone' in alias ? ['p', alias.phone.replace(/\D/g, '')] : ['u', alias.userId];
  const mac = createHmac('sha256', identitySecret).update(`alias:${kind}:${value}`).digest();
  return `${kind}.${mac.subarray(0, 18).toString('base64url')}`;
}

/** All keys that a source showed, the phone's first; the first one is the ordering key. */
export function aliasKeys(identitySecret: Uint8Array, person: { phone?: string; userId?: string }): string[] {
  return [
    ...(person.phone === undefined ? [] : [aliasKey(identitySecret, { phone: person.phone })]),
    ...(person.userId === undefined ? [] : [aliasKey(identitySecret, { userId: person.userId })]),
  ];
}
