import { z } from 'zod';
import { AppSubscription, BusinessAccount, HealthStatus, SubscribedApp } from '../answers/business-account';
import { page, Success } from '../answers/success';
import type { CallOptions, Graph } from '../transport/graph';
import { listPages } from './list-pages';

const fields =
  'id,name,timezone_id,currency,account_review_status,message_template_namespace,business_verification_status,status,owner_business_info';

export const businessAccounts = (api: Graph) => ({
  get: (wabaId: string, options?: CallOptions & { readonly fields?: string }) => {
    const query = { fields: options?.fields ?? fields };
    return api.call({ method: 'GET', path: `/${encodeURIComponent(wabaId)}`, query }, BusinessAccount, options);
  },
});

/** Asks whether a number, a business account or a template can send, and why not. */
export const healthStatus = (api: Graph) => ({
  get: async (id: string, options?: CallOptions): Promise<HealthStatus> => {
    const query = { fields: 'health_status' };
    const answer = z.looseObject({ health_status: HealthStatus });
    return (await api.call({ method: 'GET', path: `/${encodeURIComponent(id)}`, query }, answer, options))
      .health_status;
  },
});

/** Which apps get a business account's webhooks, and where. */
export const subscribedApps = (api: Graph) => {
  const path = (wabaId: string) => `/${encodeURIComponent(wabaId)}/subscribed_apps`;
  return {
    /** Subscribes the token's app. With an override its webhooks go there; without one an earlier override is cleared. */
    subscribe: (
      wabaId: string,
      override?: { override_callback_uri: string; verify_token: string },
      options?: CallOptions,
    ): Promise<Success> => api.call({ method: 'POST', path: path(wabaId), json: override ?? {} }, Success, options),
    list: async (wabaId: string, options?: CallOptions): Promise<SubscribedApp[]> =>
      (await api.call({ method: 'GET', path: path(wabaId) }, page(SubscribedApp), options)).data,
    unsubscribe: (wabaId: string, options?: CallOptions): Promise<Success> =>
      api.call({ method: 'DELETE', path: path(wabaId) }, Success, options),
  };
};

/** The app's own callback, for every account that has no override. The token must be the app's (`id|secret`). */
export const appSubscriptions = (api: Graph) => ({
  set: (
    appId: string,
    callback: { callback_url: string; verify_token: string; fields: readonly string[] },
    options?: CallOptions,
  ): Promise<Success> => {
    const json = { object: 'whatsapp_business_account', ...callback, fields: callback.fields.join(',') };
    return api.call({ method: 'POST', path: `/${encodeURIComponent(appId)}/subscriptions`, json }, Success, options);
  },
  list: async (appId: string, options?: CallOptions): Promise<AppSubscription[]> =>
    (
      await api.call(
        { method: 'GET', path: `/${encodeURIComponent(appId)}/subscriptions` },
        z.looseObject({ data: z.array(AppSubscription) }),
        options,
      )
    ).data,
});

/** The business accounts of a portfolio: its own, and those that clients share with it. */
export const portfolios = (api: Graph) => {
  const list = (portfolioId: string, edge: string, options?: CallOptions) =>
    listPages(
      api,
      { path: `/${encodeURIComponent(portfolioId)}/${edge}`, query: { fields: 'id,name' }, item: BusinessAccount },
      options,
    );
  return {
    owned: (portfolioId: string, options?: CallOptions) =>
      list(portfolioId, 'owned_whatsapp_business_accounts', options),
    shared: (portfolioId: string, options?: CallOptions) =>
      list(portfolioId, 'client_whatsapp_business_accounts', options),
  };
};
