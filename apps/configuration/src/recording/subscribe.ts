import type { Check, WebhookBy } from '@postrider/event-contracts';
import { verifyToken, type Keyring } from '@postrider/keys';
import { MetaSaidNo, type WebhooksAtMeta } from '../meta/account-at-meta';

/** What webhooks makes facts of; an app gets only the fields that it subscribes. */
export const webhookFields = [
  'messages',
  'user_preferences',
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
  'phone_number_quality_update',
  'phone_number_name_update',
  'account_update',
  'account_review_update',
  'account_alerts',
  'business_capability_update',
  'security',
] as const;

export interface AccountToSubscribe {
  readonly accountId: string;
  readonly wabaId: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly callbackUrl: string;
  /** By the app's own address, for all its accounts, or by an address of this account alone. */
  readonly by: WebhookBy;
}

/** Whether Meta delivers the account's webhooks to us as things stand. */
export async function isSubscribed(meta: WebhooksAtMeta, account: AccountToSubscribe): Promise<boolean> {
  const { wabaId, appId, callbackUrl, by } = account;
  const subscriptions = await meta.subscriptions(wabaId);
  if (by === 'account') return subscriptions.some((each) => each.callbackUrl === callbackUrl);
  const plain = subscriptions.some((each) => each.callbackUrl === undefined && each.appId === appId);
  return plain && (await meta.appWebhook(account))?.callbackUrl === callbackUrl;
}

/**
 * Has Meta deliver the account's webhooks to us. Meta asks our address for a handshake before it answers, so an ok here
 * is a round trip that worked. The credentials must be kept before, since signed webhooks may follow at once.
 */
export async function subscribe(meta: WebhooksAtMeta, keys: Keyring, account: AccountToSubscribe): Promise<Check[]> {
  const { accountId, wabaId, callbackUrl, by } = account;
  const webhook = { callbackUrl, verifyToken: verifyToken(keys.derive('verify-token'), accountId) };
  try {
    const fields = await subscribeFields(meta, account, webhook);
    await meta.subscribe(wabaId, by === 'app' ? undefined : webhook);
    return [
      { name: 'webhook', ok: true, detail: `Meta delivers to ${callbackUrl}, and the handshake worked.` },
      fields,
    ];
  } catch (error) {
    if (!(error instanceof MetaSaidNo)) throw error;
    const detail = `Meta could not subscribe ${callbackUrl} (${error.message}): see that POSTRIDER_PUBLIC_URL is reachable from outside, then verify the account.`;
    return [{ name: 'webhook', ok: false, detail }];
  }
}

/**
 * The app's own subscription says which fields there are, whatever address an account has. One that the app has already
 * is somebody's: it is changed only where it was asked for.
 */
async function subscribeFields(
  meta: WebhooksAtMeta,
  account: AccountToSubscribe,
  webhook: { callbackUrl: string; verifyToken: string },
): Promise<Check> {
  const name = 'webhook-fields';
  const before = await meta.appWebhook(account);
  const missing = webhookFields.filter((field) => before?.fields.includes(field) !== true);
  if (
    before === undefined ||
    (account.by === 'app' && (missing.length > 0 || before.callbackUrl !== webhook.callbackUrl))
  ) {
    const fields = [...new Set([...(before?.fields ?? []), ...webhookFields])];
    await meta.subscribeApp(account, { ...webhook, fields });
    return { name, ok: true, detail: `The app gets ${fields.length} fields, at ${webhook.callbackUrl}.` };
  }
  // No list at all says that Meta does not show it.
  if (missing.length === 0 || before.fields.length === 0)
    return { name, ok: true, detail: "The app's own subscription has the fields that are needed." };
  const detail = `The app does not get ${missing.join(', ')}: subscribe them in the app's webhook settings.`;
  return { name, ok: false, detail };
}
