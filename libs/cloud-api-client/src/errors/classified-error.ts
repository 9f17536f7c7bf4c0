import { backoffs, type ErrorAction } from './error-row';
import { errorRow } from './error-table';

/** A failure, classified: what it is, whether Meta took the request on, and what to do. */
export interface ClassifiedError {
  /** Postrider's name: of the table, or of what happened to the request (`timeout`, `connection-refused` …). */
  readonly code: string;
  readonly metaCode?: number;
  readonly metaSubcode?: number;
  readonly httpStatus?: number;
  /** What it means; ours where the code is known, else Meta's own. */
  readonly title: string;
  /** Meta's `error_data.details`: may quote a parameter's value, so it is personal. */
  readonly details?: string;
  readonly action: ErrorAction;
  readonly retryable: boolean;
  readonly surelyRejected: boolean;
  readonly remedy: string;
  readonly fbtraceId?: string;
  /** How long Meta says to wait, where it does. */
  readonly retryAfterMs?: number;
}

/** What Meta says of an error, in an answer or in a webhook. */
export interface MetaError {
  readonly code: number;
  readonly subcode?: number;
  readonly title?: string;
  readonly details?: string;
  readonly isTransient?: boolean;
  readonly fbtraceId?: string;
}

/** Whether the same request may succeed later without anybody changing anything. */
export const isRetryable = (action: ErrorAction): boolean => action.do === 'retry' || action.do === 'wait';

/**
 * Classifies an error of Meta's by its code. A code that is not known is permanent, unless it came with a 5xx or says
 * of itself that it is transient. `httpStatus` is missing for a failed status in a webhook, which is always a refusal.
 */
export function classify(error: MetaError, httpStatus?: number): ClassifiedError {
  const row = errorRow(error.code);
  const server = httpStatus !== undefined && httpStatus >= 500;
  const passing = error.isTransient === true || server;
  const action: ErrorAction = row?.action ?? (passing ? { do: 'retry', backoff: backoffs.few } : { do: 'fail' });
  return {
    code: row?.code ?? 'unlisted',
    metaCode: error.code,
    ...(error.subcode === undefined ? {} : { metaSubcode: error.subcode }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    title: row?.meaning ?? error.title ?? `Meta's error ${error.code}`,
    ...(error.details === undefined ? {} : { details: error.details }),
    action,
    retryable: isRetryable(action),
    surelyRejected: !server || row?.surelyRejected === true,
    remedy: row?.remedy ?? "Look the code up on Meta's error-code page",
    ...(error.fbtraceId === undefined ? {} : { fbtraceId: error.fbtraceId }),
  };
}

/** When to try again after `tries` failures (1 for the first), from now; nothing where trying again is no use. */
export function retryDelayMs(action: ErrorAction, tries: number): number | undefined {
  if (action.do !== 'retry' && action.do !== 'wait') return undefined;
  const { firstMs, factor, maxMs, triesMax } = action.backoff;
  if (triesMax !== undefined && tries > triesMax) return undefined;
  return Math.min(maxMs, firstMs * factor ** Math.max(0, tries - 1));
}
