import { refuse, type Decider, type Outcome } from '@postrider/decider';
import {
  AccountRestored,
  AccountRestricted,
  BusinessAccountConnected,
  CredentialsExpiring,
  CredentialsRejected,
  CredentialsRotated,
  CredentialsVerified,
  ReadinessConfirmed,
  ReadinessWithdrawn,
  WebhookSubscribed,
  type Check,
  type EventOf,
  type WebhookBy,
} from '@postrider/event-contracts';
import { missingItems, readinessItems, type ReadinessItem } from './readiness';

export type BusinessAccountEvent = EventOf<
  | typeof BusinessAccountConnected
  | typeof CredentialsVerified
  | typeof CredentialsRejected
  | typeof CredentialsRotated
  | typeof CredentialsExpiring
  | typeof WebhookSubscribed
  | typeof AccountRestricted
  | typeof AccountRestored
  | typeof ReadinessConfirmed
  | typeof ReadinessWithdrawn
>;

export interface Confirmation {
  readonly by: string;
  readonly at: string;
  readonly note?: string;
}

export interface BusinessAccount {
  readonly accountId: string;
  readonly name: string;
  readonly wabaId: string;
  readonly portfolioId: string;
  readonly appId: string;
  readonly graphUrl: string;
  readonly credentials: 'good' | 'rejected';
  readonly credentialsVersion: number;
  readonly scopes: readonly string[];
  readonly tokenExpiresAt: string | null;
  /** The end of the token that was already announced as near. */
  readonly expiryAnnounced?: string;
  readonly callbackUrl?: string;
  readonly webhookBy?: WebhookBy;
  readonly checks: readonly Check[];
  readonly restriction?: { readonly restriction: string; readonly until?: string };
  readonly readiness: Readonly<Partial<Record<ReadinessItem, Confirmation>>>;
}

export type BusinessAccountState = BusinessAccount | undefined;
type Decided = Outcome<BusinessAccountEvent, 'conflict' | 'not-found' | 'malformed'>;

/** What one look at Meta said about the token. */
export interface TokenVerdict {
  readonly credentialsVersion: number;
  readonly good: boolean;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly checks: readonly Check[];
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
/** A token that ends within this time raises an alarm. */
export const expiryNoticeMs = 14 * 24 * 3_600_000;

export const businessAccount: Decider<BusinessAccountState, BusinessAccountEvent> = {
  initial: undefined,
  evolve(state, event) {
    if (event.type === 'BusinessAccountConnected') {
      return {
        ...event.data,
        credentials: 'good',
        scopes: [],
        tokenExpiresAt: null,
        readiness: state?.readiness ?? {},
      };
    }
    return state && evolveConnected(state, event);
  },
};

function evolveConnected(state: BusinessAccount, event: BusinessAccountEvent): BusinessAccount {
  switch (event.type) {
    case 'CredentialsVerified': {
      const { scopes, tokenExpiresAt, checks, credentialsVersion } = event.data;
      return { ...state, credentials: 'good', scopes, tokenExpiresAt, checks, credentialsVersion };
    }
    case 'CredentialsRejected':
      return { ...state, credentials: 'rejected', checks: event.data.checks };
    case 'CredentialsRotated':
      return { ...state, credentialsVersion: event.data.credentialsVersion };
    case 'CredentialsExpiring':
      return { ...state, expiryAnnounced: event.data.expiresAt };
    case 'WebhookSubscribed':
      return { ...state, callbackUrl: event.data.callbackUrl, webhookBy: event.data.by ?? state.webhookBy };
    case 'AccountRestricted':
      return { ...state, restriction: { restriction: event.data.restriction, until: event.data.until } };
    case 'AccountRestored':
      return { ...state, restriction: undefined };
    case 'ReadinessConfirmed': {
      const { item, by, at, note } = event.data;
      return { ...state, readiness: { ...state.readiness, [item]: { by, at, note } } };
    }
    case 'ReadinessWithdrawn':
      return { ...state, readiness: { ...state.readiness, [event.data.item]: undefined } };
    default:
      return state;
  }
}

/** A business account is connected once; afterwards its credentials are rotated, not connected again. */
export function connectAccount(
  command: Omit<BusinessAccount, 'credentials' | 'scopes' | 'tokenExpiresAt' | 'readiness' | 'restriction'> & {
    readonly verdict: TokenVerdict;
  },
  state: BusinessAccountState,
): Decided {
  if (state) return refuse('conflict', `WABA ${state.wabaId} is connected already; rotate its credentials instead`);
  const { verdict, callbackUrl, accountId, name, wabaId, portfolioId, appId, graphUrl, credentialsVersion } = command;
  const { webhookBy } = command;
  const connected = { accountId, name, wabaId, portfolioId, appId, graphUrl, credentialsVersion, webhookBy };
  return [
    BusinessAccountConnected.of({ ...connected, checks: [...command.checks] }),
    verified(accountId, verdict),
    ...(callbackUrl === undefined ? [] : [WebhookSubscribed.of({ accountId, callbackUrl })]),
  ];
}

/** What a look at Meta says of the token becomes a fact when it differs from what was known, or was asked for. */
export function verifyCredentials(
  command: { readonly verdict: TokenVerdict; readonly asked: boolean },
  state: BusinessAccountState,
): Decided {
  if (!state) return refuse('not-found', 'there is no such business account');
  const { verdict } = command;
  const { accountId, credentialsVersion } = state;
  // A look with an older token says nothing about the present one.
  if (verdict.credentialsVersion !== credentialsVersion) return [];
  if (!verdict.good) {
    if (state.credentials === 'rejected' && !command.asked) return [];
    return [CredentialsRejected.of({ accountId, credentialsVersion, checks: [...verdict.checks] })];
  }
  const known = state.credentials === 'good' && state.tokenExpiresAt === verdict.expiresAt;
  return known && !command.asked ? [] : [verified(accountId, verdict)];
}

/** Meta refused the token in use; nothing can be sent until the credentials are rotated or found good again. */
export function rejectCredentials(command: { readonly because: string }, state: BusinessAccountState): Decided {
  if (!state) return refuse('not-found', 'there is no such business account');
  if (state.credentials === 'rejected') return [];
  const { accountId, credentialsVersion } = state;
  const check = { name: 'token-valid', ok: false, detail: `${command.because}. Rotate the credentials.` };
  return [CredentialsRejected.of({ accountId, credentialsVersion, checks: [check] })];
}

/** A newer version of the credentials, found good, takes over from the one before. */
export function rotateCredentials(command: { readonly verdict: TokenVerdict }, state: BusinessAccountState): Decided {
  if (!state) return refuse('not-found', 'there is no such business account');
  const { credentialsVersion } = command.verdict;
  if (credentialsVersion <= state.credentialsVersion) {
    return refuse('conflict', `the credentials are at version ${state.credentialsVersion} already`);
  }
  const { accountId } = state;
  return [CredentialsRotated.of({ accountId, credentialsVersion }), verified(accountId, command.verdict)];
}

/** A token that ends within 14 days is announced, once per end. */
export function announceExpiry(command: { readonly now: Date }, state: BusinessAccountState): Decided {
  if (!state?.tokenExpiresAt || state.expiryAnnounced === state.tokenExpiresAt) return [];
  if (state.tokenExpiresAt > instant(command.now.getTime() + expiryNoticeMs)) return [];
  return [CredentialsExpiring.of({ accountId: state.accountId, expiresAt: state.tokenExpiresAt })];
}

/** Meta's deliveries now go to this address. */
export function subscribeWebhook(
  command: { readonly callbackUrl: string; readonly by?: WebhookBy },
  state: BusinessAccountState,
): Decided {
  if (!state) return refuse('not-found', 'there is no such business account');
  const { callbackUrl, by } = command;
  const moved = by !== undefined && by !== (state.webhookBy ?? 'account');
  if (state.callbackUrl === callbackUrl && !moved) return [];
  return [WebhookSubscribed.of({ accountId: state.accountId, callbackUrl, by })];
}

/** A restriction is a fact once; the same one again, with the same end, is none. */
export function restrictAccount(
  command: { readonly restriction: string; readonly until?: string },
  state: BusinessAccountState,
): Decided {
  if (!state) return [];
  const { restriction, until } = command;
  if (state.restriction?.restriction === restriction && state.restriction.until === until) return [];
  return [AccountRestricted.of({ accountId: state.accountId, restriction, until })];
}

/** A restriction ends once. */
export function restoreAccount(_command: object, state: BusinessAccountState): Decided {
  return state?.restriction ? [AccountRestored.of({ accountId: state.accountId })] : [];
}

/** What no call can check is confirmed, or withdrawn, by somebody, at a time. */
export function confirmReadiness(
  command: { readonly confirmed: Readonly<Record<string, ReadinessClaim>>; readonly by: string; readonly now: Date },
  state: BusinessAccountState,
): Decided {
  if (!state) return refuse('not-found', 'there is no such business account');
  const unknown = Object.keys(command.confirmed).find((item) => !(readinessItems as readonly string[]).includes(item));
  if (unknown !== undefined) return refuse('malformed', `"${unknown}" is no item of the readiness list`);
  const { accountId } = state;
  return readinessItems.flatMap((item): BusinessAccountEvent[] => {
    const claim = command.confirmed[item];
    if (claim === undefined) return [];
    if (!claim.confirmed) return state.readiness[item] ? [ReadinessWithdrawn.of({ accountId, item })] : [];
    const before = state.readiness[item];
    if (before && before.note === claim.note && (claim.by ?? before.by) === before.by) return [];
    const by = claim.by ?? command.by;
    return [ReadinessConfirmed.of({ accountId, item, by, at: command.now.toISOString(), note: claim.note })];
  });
}

export interface ReadinessClaim {
  readonly confirmed: boolean;
  /** Who confirmed it; without it, who asks. */
  readonly by?: string;
  readonly note?: string;
}

/** Whether everything was confirmed that marketing needs. */
export const readyForMarketing = (state: BusinessAccountState): boolean =>
  state !== undefined && missingItems(state.readiness).length === 0;

function verified(accountId: string, verdict: TokenVerdict): BusinessAccountEvent {
  return CredentialsVerified.of({
    accountId,
    credentialsVersion: verdict.credentialsVersion,
    scopes: [...verdict.scopes],
    tokenExpiresAt: verdict.expiresAt,
    checks: [...verdict.checks],
  });
}
