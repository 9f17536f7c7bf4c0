import type { Check } from '@postrider/event-contracts';
import { expiryNoticeMs, type TokenVerdict } from '../business-account/business-account.decider';
import type { TokenFacts } from './account-at-meta';
import type { Look } from './look';

export const permissions = [
  'whatsapp_business_messaging',
  'whatsapp_business_management',
  'business_management',
] as const;
/** Without these nothing can be sent or kept in step; the others are told of and can wait. */
const needed = new Set<string>([
  'token-valid',
  'token-of-app',
  'app-secret',
  'permission-whatsapp_business_messaging',
  'permission-whatsapp_business_management',
  'account-access',
]);

const why: Readonly<Record<(typeof permissions)[number], string>> = {
  whatsapp_business_messaging: 'sending messages',
  whatsapp_business_management: 'templates, numbers and webhooks',
  business_management: 'reading the portfolio',
};

/** Whether the connection can be used: every needed check is ok. */
export const isUsable = (checks: readonly Check[]): boolean =>
  checks.every((check) => check.ok || !needed.has(check.name));

/** Each check of a connection as one line: ok, or what to do. */
export function connectionChecks(
  look: Look,
  asked: { readonly wabaId: string; readonly appId: string; readonly callbackUrl: string; readonly now: Date },
): Check[] {
  const token = 'said' in look.token ? look.token.said : undefined;
  const first = tokenValid(look);
  if (!token?.valid) return [first, accountAccess(look, asked.wabaId)];
  return [
    first,
    tokenExpiry(token, asked.now),
    tokenOfApp(token, asked.appId),
    secretOfApp(look, asked.appId),
    ...permissions.map((permission) => permitted(token, permission, asked.wabaId)),
    accountAccess(look, asked.wabaId),
    portfolioDiscovered(look),
    accountsSeen(look, asked.wabaId),
    sendersDiscovered(look),
    numberWebhooks(look, asked.callbackUrl),
  ];
}

/** The same look as a verdict on the credentials of one version. */
export function verdictOf(look: Look, checks: readonly Check[], credentialsVersion: number): TokenVerdict {
  const token = 'said' in look.token ? look.token.said : undefined;
  const expiresAt = token?.expiresAt?.toISOString() ?? null;
  return { credentialsVersion, good: isUsable(checks), scopes: token?.scopes ?? [], expiresAt, checks };
}

const check = (name: string, ok: boolean, detail: string): Check => ({ name, ok, detail });

function tokenValid(look: Look): Check {
  if ('refused' in look.token) {
    return check('token-valid', false, `Meta refuses the token (${look.token.refused.message}). Make a new one.`);
  }
  const { valid, because, userId, type, application, appId } = look.token.said;
  if (!valid) return check('token-valid', false, `Meta says the token is not valid (${because}). Make a new one.`);
  const whose = `${type === undefined ? 'user' : type.toLowerCase().replaceAll('_', ' ')} ${userId ?? 'without an id'}`;
  return check('token-valid', true, `Token of ${whose}, made for app ${application ?? appId ?? 'unknown'}.`);
}

function tokenExpiry({ expiresAt }: TokenFacts, now: Date): Check {
  if (!expiresAt) return check('token-expiry', true, 'The token does not end.');
  const end = expiresAt.toISOString().slice(0, 10);
  const soon = expiresAt.getTime() - now.getTime() <= expiryNoticeMs;
  return soon
    ? check('token-expiry', false, `The token ends on ${end}: make a system user's token, which need not end.`)
    : check('token-expiry', true, `The token ends on ${end}; an alarm tells 14 days before.`);
}

function tokenOfApp(token: TokenFacts, appId: string): Check {
  const ok = token.appId === undefined || token.appId === appId;
  return ok
    ? check('token-of-app', true, `The token is of app ${appId}, whose secret signs the webhooks.`)
    : check('token-of-app', false, `The token is of app ${token.appId}, not ${appId}: give that app's id and secret.`);
}

function secretOfApp({ secret }: Look, appId: string): Check {
  return 'said' in secret
    ? check('app-secret', true, `The secret is that of app ${appId}.`)
    : check(
        'app-secret',
        false,
        `Meta does not take the secret for app ${appId}'s: copy it from the app's basic settings.`,
      );
}

function permitted(token: TokenFacts, permission: (typeof permissions)[number], wabaId: string): Check {
  const name = `permission-${permission}`;
  if (!token.scopes.includes(permission)) {
    return check(name, false, `The token lacks ${permission}, for ${why[permission]}: add it and make a new token.`);
  }
  const targets = token.targets[permission];
  const covers = permission === 'business_management' || targets === undefined || targets.includes(wabaId);
  return covers
    ? check(name, true, `Granted, for ${why[permission]}.`)
    : check(name, false, `Granted, but not for WABA ${wabaId}: assign the account to the token's user.`);
}

function accountAccess(look: Look, wabaId: string): Check {
  if ('said' in look.account) {
    return check('account-access', true, `The token reaches WABA ${wabaId} (${look.account.said.name ?? 'no name'}).`);
  }
  if (look.mistakenFor) {
    const { name } = look.mistakenFor;
    const what = name === undefined ? 'a business portfolio' : `the business portfolio "${name}"`;
    return check(
      'account-access',
      false,
      `${wabaId} is ${what}, not a WhatsApp Business Account: give the id shown under WhatsApp accounts.`,
    );
  }
  return check(
    'account-access',
    false,
    `The token does not reach WABA ${wabaId} (${look.account.refused.message}): check the id, and assign the account to the token's user.`,
  );
}

function portfolioDiscovered(look: Look): Check {
  const portfolio = 'said' in look.account ? look.account.said.portfolio : undefined;
  return portfolio
    ? check('portfolio', true, `In portfolio ${portfolio.id}${portfolio.name ? ` (${portfolio.name})` : ''}.`)
    : check('portfolio', false, 'Meta does not show the owning portfolio; the account counts as one of its own.');
}

/** Whoever has several accounts sees here whether the right one was connected. */
function accountsSeen({ accounts, token }: Look, wabaId: string): Check {
  const targets = 'said' in token ? (token.said.targets['whatsapp_business_management'] ?? []) : [];
  const named = accounts && 'said' in accounts ? accounts.said : [];
  const all = new Map([
    ...targets.map((id) => [id, undefined] as const),
    ...named.map(({ id, name }) => [id, name] as const),
  ]);
  all.delete(wabaId);
  if (all.size === 0) return check('business-accounts', true, 'The token sees no other business account.');
  const list = [...all].slice(0, 20).map(([id, name]) => (name === undefined ? id : `${id} (${name})`));
  return check('business-accounts', true, `The token also sees ${list.join(', ')}${all.size > 20 ? ' and more' : ''}.`);
}

/** A number's own address goes before the account's: its messages would never come here. */
function numberWebhooks({ numbers }: Look, callbackUrl: string): Check {
  const away =
    'said' in numbers ? numbers.said.filter((each) => each.ownWebhook && each.ownWebhook !== callbackUrl) : [];
  if (away.length === 0) return check('number-webhooks', true, 'No number has its messages delivered elsewhere.');
  const list = away.map(({ displayPhoneNumber, ownWebhook }) => `${displayPhoneNumber} to ${hostOf(ownWebhook!)}`);
  const remedy = 'take the override away, or set it to here, by PUT /v1/senders/{id}/webhook';
  return check('number-webhooks', false, `Meta delivers messages elsewhere, of ${list.join(', ')}: ${remedy}.`);
}

/** An address may hold a secret in its path. */
const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : 'another address');

function sendersDiscovered(look: Look): Check {
  if ('refused' in look.numbers) {
    return check('senders', false, `Meta does not show the account's numbers (${look.numbers.refused.message}).`);
  }
  const numbers = look.numbers.said;
  if (numbers.length === 0)
    return check('senders', false, 'The account has no phone number: add one in WhatsApp Manager.');
  const connected = numbers.filter((number) => number.status === 'CONNECTED').length;
  return check('senders', true, `${numbers.length} found, of which ${connected} can send.`);
}
