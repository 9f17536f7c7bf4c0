import { analytics } from './calls/analytics';
import { blockUsers } from './calls/block-users';
import {
  appSubscriptions,
  businessAccounts,
  healthStatus,
  portfolios,
  subscribedApps,
} from './calls/business-accounts';
import { businessProfile } from './calls/business-profile';
import { debugToken } from './calls/debug-token';
import { media } from './calls/media';
import { marketingMessages, messages } from './calls/messages';
import { phoneNumbers } from './calls/phone-numbers';
import { templates } from './calls/templates';
import { uploads } from './calls/uploads';
import { graph } from './transport/graph';
import { sharedPools, type Pools } from './transport/pools';
import type { Usage } from './transport/usage';

export interface CloudApiSettings {
  /** Default: `https://graph.facebook.com`. */
  readonly graphUrl?: string;
  /** Or a function, asked for each call, so that a rotated token is used at once. */
  readonly accessToken: string | (() => string | Promise<string>);
  /** The Graph version, as `v25.0`. */
  readonly version?: string;
  /** Hosts that may be called beside Meta's and this machine, by name (`host` or `host:port`). */
  readonly allowedHosts?: readonly string[];
  /** For a whole call; default 30 seconds. */
  readonly timeoutMs?: number;
  /** Told what Meta's rate headers say, after each call that has them. */
  readonly onUsage?: (usage: Usage) => void;
  /** Connections of its own; default those shared by the process. */
  readonly pools?: Pools;
}

/**
 * A client of the WhatsApp Cloud API for one token. Sends give an outcome; every other call gives its typed answer or
 * throws a `CloudApiError`. It never repeats a request. Throws if `graphUrl` is neither Meta's, nor this machine, nor
 * allowed by name.
 */
export function cloudApi(settings: CloudApiSettings) {
  const version = settings.version ?? 'v25.0';
  if (!/^v\d{1,3}\.\d$/.test(version)) throw new TypeError(`The Graph version must look like v25.0, not ${version}`);
  const api = graph({
    graphUrl: settings.graphUrl ?? 'https://graph.facebook.com',
    version,
    accessToken: settings.accessToken,
    allowedHosts: settings.allowedHosts ?? [],
    timeoutMs: settings.timeoutMs ?? 30_000,
    pools: settings.pools ?? sharedPools(),
    ...(settings.onUsage ? { onUsage: settings.onUsage } : {}),
  });
  return {
    messages: messages(api),
    marketingMessages: marketingMessages(api),
    media: media(api),
    uploads: uploads(api),
    phoneNumbers: phoneNumbers(api),
    businessProfile: businessProfile(api),
    businessAccounts: businessAccounts(api),
    subscribedApps: subscribedApps(api),
    appSubscriptions: appSubscriptions(api),
    portfolios: portfolios(api),
    templates: templates(api),
    analytics: analytics(api),
    blockUsers: blockUsers(api),
    healthStatus: healthStatus(api),
    debugToken: debugToken(api),
  };
}
export type CloudApi = ReturnType<typeof cloudApi>;
