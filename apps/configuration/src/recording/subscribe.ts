import type { Check } from '@postrider/event-contracts';
import { verifyToken, type Keyring } from '@postrider/keys';
import { MetaSaidNo, type AccountAtMeta } from '../meta/account-at-meta';

/**
 * Has Meta deliver the account's webhooks to us. Meta asks our address for a handshake before it answers, so an ok here
 * is a round trip that worked. The credentials must be kept before, since signed webhooks may follow at once.
 */
export async function subscribe(
  meta: AccountAtMeta,
  keys: Keyring,
  account: { readonly accountId: string; readonly wabaId: string; readonly callbackUrl: string },
): Promise<Check> {
  const { accountId, wabaId, callbackUrl } = account;
  const token = verifyToken(keys.derive('verify-token'), accountId);
  try {
    await meta.subscribe(wabaId, { callbackUrl, verifyToken: token });
    return { name: 'webhook', ok: true, detail: `Meta delivers to ${callbackUrl}, and the handshake worked.` };
  } catch (error) {
    if (!(error instanceof MetaSaidNo)) throw error;
    const detail = `Meta could not subscribe ${callbackUrl} (${error.message}): see that POSTRIDER_PUBLIC_URL is reachable from outside, then verify the account.`;
    return { name: 'webhook', ok: false, detail };
  }
}
