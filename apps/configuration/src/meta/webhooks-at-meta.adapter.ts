import type { cloudApi } from '@postrider/cloud-api-client';
import type { AppSecret, WebhooksAtMeta } from './account-at-meta';
import { asked } from './asked';

type Api = ReturnType<typeof cloudApi>;

/** Where Meta delivers: of the app, of the account, of one number. `asApp` is the client with the app's own token. */
export function webhooksAtMeta(api: Api, asApp: (app: AppSecret) => Api): WebhooksAtMeta {
  return {
    subscribe: (wabaId, webhook) =>
      asked(async () => {
        const override = webhook && {
          override_callback_uri: webhook.callbackUrl,
          verify_token: webhook.verifyToken,
        };
        await api.subscribedApps.subscribe(wabaId, override);
      }),
    subscriptions: (wabaId) =>
      asked(async () =>
        (await api.subscribedApps.list(wabaId)).map((app) => ({
          ...(app.whatsapp_business_api_data?.id && { appId: app.whatsapp_business_api_data.id }),
          ...(app.override_callback_uri && { callbackUrl: app.override_callback_uri }),
        })),
      ),
    appWebhook: (app) =>
      asked(async () => {
        const found = (await asApp(app).appSubscriptions.list(app.appId)).find(
          ({ object }) => object === 'whatsapp_business_account',
        );
        if (!found?.callback_url) return undefined;
        return { callbackUrl: found.callback_url, fields: (found.fields ?? []).map(({ name }) => name) };
      }),
    subscribeApp: (app, { callbackUrl, verifyToken, fields }) =>
      asked(async () => {
        const callback = { callback_url: callbackUrl, verify_token: verifyToken, fields };
        await asApp(app).appSubscriptions.set(app.appId, callback);
      }),
    overrideWebhook: (number, webhook) =>
      asked(async () => {
        const callback = webhook
          ? { override_callback_uri: webhook.callbackUrl, verify_token: webhook.verifyToken }
          : { override_callback_uri: '' };
        await api.phoneNumbers.overrideCallback(number, callback);
      }),
  };
}
