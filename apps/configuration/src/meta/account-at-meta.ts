import { Fault } from '@postrider/decider';
/** What connecting and keeping in step needs of Meta; `cloud-api-client` stands behind it. */
export interface AccountAtMeta {
  /** `/debug_token` of the token in use. */
  inspectToken(): Promise<TokenFacts>;
  /** Proves that the secret is the app's; says no where it is not. */
  checkSecret(app: { readonly appId: string; readonly appSecret: string }): Promise<void>;
  /** The business account itself; says no where the token has no access to it. */
  account(wabaId: string): Promise<WabaFacts>;
  /** Every phone number of the account, through all pages. */
  phoneNumbers(wabaId: string): Promise<PhoneNumberFacts[]>;
  /** The object of an id that is no business account, such as a portfolio given by mistake. */
  businessNamed(id: string): Promise<{ id: string; name?: string } | undefined>;
  /** Sends the account's webhooks to this address; Meta asks it for a handshake at once. */
  subscribe(wabaId: string, webhook: { callbackUrl: string; verifyToken: string }): Promise<void>;
  /** The addresses that the account's webhooks go to now. */
  subscribedTo(wabaId: string): Promise<readonly string[]>;
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
}) => AccountAtMeta & NumberAtMeta;

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
