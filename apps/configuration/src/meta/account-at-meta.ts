import { Fault } from '@postrider/decider';
/** What connecting and keeping in step needs of Meta; `cloud-api-client` stands behind it. */
export interface AccountAtMeta {
  /** `/debug_token` of the token in use. */
  inspectToken(): Promise<TokenFacts>;
  /** Proves that the secret is the app's; says no where it is not. */
  checkSecret(app: AppSecret): Promise<void>;
  /** The business account itself; says no where the token has no access to it. */
  account(wabaId: string): Promise<WabaFacts>;
  /** Every phone number of the account, through all pages. */
  phoneNumbers(wabaId: string): Promise<PhoneNumberFacts[]>;
  /** The object of an id that is no business account, such as a portfolio given by mistake. */
  businessNamed(id: string): Promise<{ id: string; name?: string } | undefined>;
  /** The business accounts of a portfolio, its own and those that clients share with it. */
  accountsOf(portfolioId: string): Promise<{ id: string; name?: string }[]>;
}

export interface AppSecret {
  readonly appId: string;
  readonly appSecret: string;
}
/** An address, and the token by which it knows that Meta's handshake is for it. */
export interface Webhook {
  readonly callbackUrl: string;
  readonly verifyToken: string;
}

/** Where Meta delivers webhooks: a number's own address before the account's before the app's. */
export interface WebhooksAtMeta {
  /** Sends the account's webhooks to this address, which Meta asks for a handshake at once; without one to the app's own. */
  subscribe(wabaId: string, webhook: Webhook | undefined): Promise<void>;
  /** The apps that get the account's webhooks, and an address of its own where there is one. */
  subscriptions(wabaId: string): Promise<readonly { readonly appId?: string; readonly callbackUrl?: string }[]>;
  /** Where the app's own webhooks go, and which fields it gets; undefined where it has none. */
  appWebhook(app: AppSecret): Promise<{ readonly callbackUrl: string; readonly fields: readonly string[] } | undefined>;
  subscribeApp(app: AppSecret, webhook: Webhook & { readonly fields: readonly string[] }): Promise<void>;
  /** Sends the number's messages to this address rather than the account's; without one the override is taken away. */
  overrideWebhook(number: string, webhook: Webhook | undefined): Promise<void>;
}

/** One phone number, for the holder of a token: bringing it into use, and what people see of it. */
export interface NumberAtMeta {
  requestCode(number: string, how: { readonly method: 'SMS' | 'VOICE'; readonly language: string }): Promise<void>;
  verifyCode(number: string, code: string): Promise<void>;
  register(number: string, pin: string): Promise<void>;
  profile(number: string): Promise<Readonly<Record<string, unknown>>>;
  changeProfile(number: string, change: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Meta as the holder of a token sees it. */
export type MetaOf = (access: {
  readonly accessToken: string;
  readonly graphUrl: string;
}) => AccountAtMeta & NumberAtMeta & WebhooksAtMeta;

export interface TokenFacts {
  readonly valid: boolean;
  readonly because?: string;
  readonly appId?: string;
  readonly userId?: string;
  readonly type?: string;
  readonly application?: string;
  readonly scopes: readonly string[];
  /** Accounts that a scope is limited to; absent where it is not. */
  readonly targets: Readonly<Record<string, readonly string[] | undefined>>;
  /** Undefined where Meta says it never ends. */
  readonly expiresAt?: Date;
}

export interface WabaFacts {
  readonly wabaId: string;
  readonly name?: string;
  readonly portfolio?: { readonly id: string; readonly name?: string };
}

export interface PhoneNumberFacts {
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
  readonly verifiedName: string;
  readonly status: string;
  readonly quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  readonly throughputPerSecond: number;
  /** The portfolio's tier as the number shows it, such as TIER_2K. */
  readonly messagingLimitTier?: string;
  /** Whether it can send, by all that it rests on. */
  readonly health?: { readonly canSend: string; readonly because: readonly string[] };
  /** Where its messages go, where that is not the account's address. */
  readonly ownWebhook?: string;
}

/** Meta answered with an error; `metaCode` tells a refused token (190) from a missing permission (10, 200 to 299). */
export class MetaSaidNo extends Error {
  override readonly name = 'MetaSaidNo';
  constructor(
    readonly metaCode: number | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** Meta could not be reached, or answered with a fault of its own; nothing was learnt. */
export class MetaUnreachable extends Fault {
  constructor(message: string, cause?: unknown) {
    super({ code: 'unavailable', message, publicText: 'Meta cannot be reached just now.', retryable: true, cause });
  }
}
