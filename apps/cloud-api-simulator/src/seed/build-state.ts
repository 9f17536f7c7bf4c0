import { createHash } from 'node:crypto';
import { asShown } from '../templates/authentication-template';
import { defaultSettings, type Settings } from '../world/settings';
import type { Account, PhoneNumber, State, Template } from '../world/state';
import type { Seed } from './seed-shape';

/** Without what is undefined. */
const given = (settings: Seed['settings']): Partial<Settings> =>
  Object.fromEntries(Object.entries(settings ?? {}).filter(([, value]) => value !== undefined));
const keyed = <T, K>(items: readonly T[], key: (item: T) => K): Map<K, T> =>
  new Map(items.map((item) => [key(item), item]));

/** A fresh world from a seed. */
export function buildState(seed: Seed, settings: Partial<Settings>, nowMs: number): State {
  const counters: Record<string, number> = {};
  return {
    settings: { ...defaultSettings, ...given(seed.settings), ...settings },
    apps: keyed(
      seed.apps.map(({ fields, callbackUrl, verifyToken, ...app }) => ({
        ...app,
        fields: fields ?? [],
        ...(callbackUrl && { callbackUrl }),
        ...(verifyToken && { verifyToken }),
      })),
      (app) => app.id,
    ),
    tokens: keyed(
      seed.tokens.map((token) => newAccessToken(token, nowMs)),
      (token) => token.token,
    ),
    portfolios: keyed(
      seed.portfolios.map(({ id, name, messagingLimit, verified }) => ({
        id,
        name,
        verified: verified ?? true,
        messagingLimit: messagingLimit === 'unlimited' ? 0 : messagingLimit,
        reached: new Map<string, number>(),
      })),
      (portfolio) => portfolio.id,
    ),
    accounts: keyed(seed.accounts.map(newAccount), (account) => account.id),
    numbers: keyed(
      seed.numbers.map((number) => newNumber({ registered: true, ...number }, nowMs)),
      (number) => number.id,
    ),
    templates: keyed(
      seed.templates.map((template, index) => newTemplate(template, index, nowMs)),
      (template) => template.id,
    ),
    people: new Map(),
    windows: new Map(),
    media: new Map(),
    uploads: new Map(),
    faults: new Map(),
    analytics: new Map(),
    blockedNames: new Map(),
    agenda: [],
    counters,
    clockOffsetMs: 0,
  };
}

const allScopes = ['whatsapp_business_management', 'whatsapp_business_messaging', 'business_management'];

function newAccessToken(token: Seed['tokens'][number], nowMs: number) {
  return {
    token: token.token,
    appId: token.appId,
    type: 'SYSTEM_USER' as const,
    userId: '1200000000000001',
    scopes: token.scopes ?? allScopes,
    wabaIds: token.wabaIds ?? [],
    portfolioIds: token.portfolioIds,
    issuedAtMs: nowMs,
    expiresAtMs: token.expiresAt === undefined ? 0 : Date.parse(token.expiresAt),
  };
}

function newAccount(account: Seed['accounts'][number]): Account {
  return {
    id: account.id,
    name: account.name,
    portfolioId: account.portfolioId,
    currency: account.currency ?? 'USD',
    country: account.country ?? 'US',
    timezoneId: '1',
    namespace: createHash('sha256')
      .update(account.id)
      .digest('hex')
      .slice(0, 32)
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1_$2_$3_$4_'),
    status: account.status ?? 'ACTIVE',
    paymentMissing: account.paymentMissing ?? false,
    marketingDisabledOnCloudApi: false,
    insightsEnabled: false,
    marketingMessagesStatus: account.marketingMessagesStatus ?? 'ONBOARDED',
    subscriptions: new Map(),
    templateCreations: [],
  };
}

/** A number, connected when it is registered. */
export function newNumber(number: Seed['numbers'][number], nowMs: number): PhoneNumber {
  const registered = number.registered ?? false;
  return {
    id: number.id,
    wabaId: number.wabaId,
    displayPhoneNumber: number.displayPhoneNumber,
    verifiedName: number.verifiedName,
    status: registered ? 'CONNECTED' : 'PENDING',
    quality: number.quality ?? (registered ? 'GREEN' : 'UNKNOWN'),
    nameStatus: registered ? 'APPROVED' : 'PENDING_REVIEW',
    codeVerificationStatus: registered ? 'VERIFIED' : 'NOT_VERIFIED',
    registered,
    pin: number.pin ?? null,
    verificationCode: null,
    throughputPerSecond: number.throughputPerSecond ?? 80,
    accountMode: number.accountMode ?? 'LIVE',
    allowedRecipients: (number.allowedRecipients ?? []).map((phone) => phone.replace(/\D/g, '')),
    webhookOverride: null,
    profile: { about: 'Hey there! I am using WhatsApp.', messaging_product: 'whatsapp' },
    settings: {},
    blocked: new Set(),
    registrations: [],
    onboardedAtMs: nowMs,
  };
}

function newTemplate(template: Seed['templates'][number], index: number, nowMs: number): Template {
  const components = template.components.map((component) => ({
    ...component,
    type: component.type.toUpperCase(),
  })) as Template['components'];
  return {
    id: template.id ?? String(4_100_000_000_000_001 + index),
    wabaId: template.wabaId,
    name: template.name,
    language: template.language,
    category: template.category,
    status: template.status ?? 'APPROVED',
    rejectedReason: 'NONE',
    parameterFormat: template.parameterFormat ?? 'POSITIONAL',
    components: asShown(components, template.category),
    quality: 'GREEN',
    qualityAtMs: nowMs,
    pauses: 0,
    pacing: false,
    edits: [],
    createdAtMs: nowMs,
  };
}
