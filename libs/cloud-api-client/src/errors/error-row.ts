/** For how long, and how growing, to hold off before the next try. */
export interface Backoff {
  readonly firstMs: number;
  readonly factor: number;
  readonly maxMs: number;
  /** Tries after which to give up; nothing where the caller's own cap decides. */
  readonly triesMax?: number;
}

/** What a limit or a wait holds up; the rest goes on. */
export type WaitScope = 'pair' | 'contact' | 'sender' | 'template' | 'account' | 'app';

/** What to do about an error. */
export type ErrorAction =
  | { readonly do: 'retry'; readonly backoff: Backoff }
  | { readonly do: 'wait'; readonly scope: WaitScope; readonly backoff: Backoff }
  /** The request or the set-up is wrong; the same again fails again. */
  | { readonly do: 'fix' }
  | { readonly do: 'pause-sender' }
  | { readonly do: 'pause-account' }
  | { readonly do: 'pause-template' }
  /** The person does not want this; stop until they say otherwise. */
  | { readonly do: 'revoke-consent' }
  | { readonly do: 'fail' };

/** One of Meta's codes: Postrider's name for it, what it means, and what to do. */
export interface ErrorRow {
  readonly metaCode: number;
  readonly code: string;
  readonly meaning: string;
  readonly action: ErrorAction;
  /** What a person should do, as text. */
  readonly remedy: string;
  /** Meta surely took nothing on, even where it answers with a 5xx. */
  readonly surelyRejected: boolean;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
export const backoffs = {
  transient: { firstMs: 2 * second, factor: 2, maxMs: 5 * minute },
  few: { firstMs: 2 * second, factor: 4, maxMs: 5 * minute, triesMax: 3 },
  throughput: { firstMs: second, factor: 2, maxMs: minute },
  /** Meta: 4^n seconds. */
  pair: { firstMs: 4 * second, factor: 4, maxMs: 5 * minute },
  maintenance: { firstMs: minute, factor: 2, maxMs: 5 * minute },
  minutes: { firstMs: 5 * minute, factor: 2, maxMs: hour },
  templateSync: { firstMs: 10 * minute, factor: 1, maxMs: 10 * minute, triesMax: 6 },
  hourWindow: { firstMs: 5 * minute, factor: 2, maxMs: hour },
  spam: { firstMs: hour, factor: 2, maxMs: day },
  misclassified: { firstMs: 6 * hour, factor: 2, maxMs: day },
  /** Repeated tries make Meta block the person for the sender; never before a day. */
  marketingCap: { firstMs: day, factor: 2, maxMs: 7 * day, triesMax: 3 },
  threeDays: { firstMs: 3 * day, factor: 1, maxMs: 3 * day },
  permission: { firstMs: day, factor: 2, maxMs: 7 * day },
} as const satisfies Record<string, Backoff>;

type Simple = Exclude<ErrorAction['do'], 'retry' | 'wait'>;

interface RowInput {
  readonly code: string;
  readonly meaning: string;
  readonly remedy: string;
  readonly surelyRejected?: boolean;
}

/** A code for which there is one thing to do, now. */
export const row = (metaCode: number, action: Simple, input: RowInput): ErrorRow => ({
  surelyRejected: false,
  ...input,
  metaCode,
  action: { do: action },
});
/** A code that passes by itself. */
export const retry = (metaCode: number, backoff: Backoff, input: RowInput): ErrorRow => ({
  surelyRejected: false,
  ...input,
  metaCode,
  action: { do: 'retry', backoff },
});
/** A limit: hold what it scopes, and try again later. */
export const wait = (metaCode: number, scope: WaitScope, backoff: Backoff, input: RowInput): ErrorRow => ({
  surelyRejected: false,
  ...input,
  metaCode,
  action: { do: 'wait', scope, backoff },
});
