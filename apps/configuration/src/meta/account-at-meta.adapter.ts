import { cloudApi, CloudApiError, type PhoneNumber, type TokenInfo } from '@postrider/cloud-api-client';
import { Quality } from '@postrider/event-contracts';
import type { AppSecret, MetaOf, NumberAtMeta, PhoneNumberFacts } from './account-at-meta';
import { asked } from './asked';
import { throughputPerSecond } from './limits';
import { webhooksAtMeta } from './webhooks-at-meta.adapter';

/** Meta through the Cloud API client; its errors become what can be acted on, or what passes. */
export function metaOver({ graphHosts }: { readonly graphHosts: readonly string[] }): MetaOf {
  return ({ accessToken, graphUrl }) => {
    const api = cloudApi({ accessToken, graphUrl, allowedHosts: graphHosts });
    const asApp = ({ appId, appSecret }: AppSecret) =>
      cloudApi({ accessToken: `${appId}|${appSecret}`, graphUrl, allowedHosts: graphHosts });
    const meta: ReturnType<MetaOf> = {
      ...numberAtMeta(api),
      ...webhooksAtMeta(api, asApp),
      inspectToken: () => asked(async () => tokenFacts(await api.debugToken())),
      checkSecret: ({ appId, appSecret }) =>
        asked(async () => {
          // Only Meta and the app's owner can make this token, so an answer proves the secret.
          await asApp({ appId, appSecret }).debugToken(accessToken);
        }),
      account: (wabaId) =>
        asked(async () => {
          const { name, owner_business_info: owner } = await withOwner(api, wabaId);
          const portfolio = owner ? { id: owner.id, name: owner.name ?? undefined } : undefined;
          return { wabaId, name: name ?? undefined, portfolio };
        }),
      phoneNumbers: (wabaId) =>
        asked(async () => {
          const numbers: PhoneNumberFacts[] = [];
          for await (const number of api.phoneNumbers.list(wabaId, { fields: numberFields, limit: 100 }))
            numbers.push(numberFacts(number));
          return numbers;
        }),
      businessNamed: (id) =>
        asked(async () => {
          // Portfolios have this field and business accounts do not.
          const found = await api.businessAccounts.get(id, { fields: 'id,name,verification_status' });
          return { id: found.id, name: found.name ?? undefined };
        }),
      accountsOf: (portfolioId) =>
        asked(async () => {
          const accounts: { id: string; name?: string }[] = [];
          for (const list of [api.portfolios.owned(portfolioId), api.portfolios.shared(portfolioId)])
            for await (const { id, name } of list) accounts.push({ id, ...(name && { name }) });
          return accounts;
        }),
    };
    return meta;
  };
}

function numberAtMeta(api: ReturnType<typeof cloudApi>): NumberAtMeta {
  const { phoneNumbers, businessProfile } = api;
  return {
    requestCode: (number, { method, language }) =>
      asked(async () => void (await phoneNumbers.requestCode(number, { code_method: method, language }))),
    verifyCode: (number, code) => asked(async () => void (await phoneNumbers.verifyCode(number, code))),
    register: (number, pin) => asked(async () => void (await phoneNumbers.register(number, { pin }))),
    profile: (number) => asked(() => businessProfile.get(number)),
    changeProfile: (number, change) => asked(async () => void (await businessProfile.update(number, change))),
  };
}

/** The owner is shown to tokens that may see the portfolio; the account itself must not depend on it. */
async function withOwner(api: ReturnType<typeof cloudApi>, wabaId: string) {
  const own = 'id,name,currency,account_review_status';
  try {
    return await api.businessAccounts.get(wabaId, { fields: `${own},owner_business_info` });
  } catch (error) {
    if (!(error instanceof CloudApiError) || error.outcome !== 'rejected') throw error;
    return api.businessAccounts.get(wabaId, { fields: own });
  }
}

function tokenFacts(token: TokenInfo) {
  const { is_valid: valid, app_id: appId, user_id: userId, expires_at: expires, scopes = [] } = token;
  const granular = (token.granular_scopes ?? []).map(
    ({ scope, target_ids: ids }) => [scope, ids ?? undefined] as const,
  );
  return {
    valid,
    because: token.error?.message,
    appId,
    userId,
    type: token.type,
    application: token.application,
    scopes,
    targets: Object.fromEntries(granular),
    expiresAt: expires === undefined || expires === 0 ? undefined : new Date(expires * 1000),
  };
}

const numberFields = [
  'id,display_phone_number,verified_name,quality_rating,throughput,status',
  'whatsapp_business_manager_messaging_limit,health_status,webhook_configuration',
].join(',');

function numberFacts(number: PhoneNumber): PhoneNumberFacts {
  const ownWebhook = number.webhook_configuration?.phone_number;
  const limit = number.whatsapp_business_manager_messaging_limit ?? number.messaging_limit_tier;
  return {
    phoneNumberId: number.id,
    displayPhoneNumber: number.display_phone_number ?? '',
    verifiedName: number.verified_name ?? '',
    status: number.status ?? 'UNKNOWN',
    // NA, for a number without enough traffic to be rated, is no rating.
    quality: Quality.safeParse(number.quality_rating).data ?? 'UNKNOWN',
    throughputPerSecond: throughputPerSecond(number.throughput?.level ?? undefined),
    messagingLimitTier: limit ?? undefined,
    ...(number.health_status && { health: healthFacts(number.health_status) }),
    ...(ownWebhook && { ownWebhook }),
  };
}

function healthFacts({ can_send_message: canSend, entities = [] }: NonNullable<PhoneNumber['health_status']>) {
  const because = entities.flatMap(({ entity_type: of, errors, additional_info: more }) => [
    ...(errors ?? []).map((error) =>
      [`${of}: ${error.error_description ?? error.error_code}`, error.possible_solution].filter(Boolean).join(' '),
    ),
    ...(more ?? []).map((each) => `${of}: ${each}`),
  ]);
  return { canSend, because };
}
