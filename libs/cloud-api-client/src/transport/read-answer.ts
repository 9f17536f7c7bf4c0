import { parseExactJson } from '@postrider/cloud-api-payloads';
import { backoffs, type ErrorAction } from '../errors/error-row';
import { classify, isRetryable, type ClassifiedError, type MetaError } from '../errors/classified-error';
import type { Outcome } from '../cloud-api-error';
import type { Answer } from './exchange';
import { failures, type RequestFailed } from './failure';
import { usageOf } from './usage';

/** What became of a request: Meta's answer, or an error and whether Meta took the request on all the same. */
export type Reading =
  | { readonly kind: 'answered'; readonly value: Record<string, unknown> }
  /** `answer` is what came beside the error, as the lists of a partial failure. */
  | { readonly kind: Outcome; readonly error: ClassifiedError; readonly answer?: Record<string, unknown> };

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const integer = (value: unknown): number | undefined => (Number.isInteger(value) ? (value as number) : undefined);

/** The error in Meta's envelope. */
export function metaErrorOf(body: unknown): MetaError | undefined {
  const error = isObject(body) && isObject(body.error) ? body.error : undefined;
  const code = integer(error?.code);
  if (!error || code === undefined) return undefined;
  const data = isObject(error.error_data) ? error.error_data : undefined;
  const optional = {
    subcode: integer(error.error_subcode),
    title: text(error.error_user_title) ?? text(error.message),
    details: text(data?.details) ?? text(error.error_user_msg) ?? text(error.message),
    fbtraceId: text(error.fbtrace_id),
    isTransient: error.is_transient === true ? true : undefined,
  };
  return { code, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) };
}

function own(code: string, title: string, action: ErrorAction, more: Partial<ClassifiedError>): ClassifiedError {
  return {
    code,
    title,
    action,
    retryable: isRetryable(action),
    surelyRejected: false,
    remedy: 'Check the connection and try again',
    ...more,
  };
}

/** A request without an answer. */
export function readFailure(failure: RequestFailed): Reading {
  const retry: ErrorAction =
    failure.code === 'cancelled' ? { do: 'fail' } : { do: 'retry', backoff: backoffs.transient };
  const error = own(failure.code, failures[failure.code], retry, { surelyRejected: !failure.left });
  return { kind: failure.left ? 'unknown' : 'not-sent', error };
}

/** How long Meta itself says to wait: the longest of its rate headers and `Retry-After`. */
function retryAfterMsOf(headers: Answer['headers']): number | undefined {
  const usage = usageOf(headers);
  const limits = [usage?.app, ...Object.values(usage?.business ?? {}).flat()].map((each) => each?.regainAccessMs ?? 0);
  const seconds = Number(headers['retry-after'] ?? 0);
  const longest = Math.max(0, ...limits, Number.isFinite(seconds) ? seconds * 1_000 : 0);
  return longest > 0 ? longest : undefined;
}

function withoutEnvelope(httpStatus: number): Reading {
  // A status under 500 refuses the request, whoever sent it; 408 alone may come after the request was taken.
  const refused = httpStatus >= 300 && httpStatus < 500 && httpStatus !== 408;
  if (httpStatus === 429) {
    const action: ErrorAction = { do: 'wait', scope: 'app', backoff: backoffs.throughput };
    return {
      kind: 'rejected',
      error: own('too-many-requests', 'Too many requests', action, { httpStatus, surelyRejected: true }),
    };
  }
  if (refused) {
    const error = own(
      'refused-without-reason',
      `HTTP ${httpStatus} without Meta's error`,
      { do: 'fix' },
      {
        httpStatus,
        surelyRejected: true,
        remedy: 'Check the address of the Graph API, and proxies on the way',
      },
    );
    return { kind: 'rejected', error };
  }
  const action: ErrorAction = { do: 'retry', backoff: backoffs.transient };
  const title = httpStatus < 300 ? 'The answer could not be read' : `HTTP ${httpStatus} without Meta's error`;
  return { kind: 'unknown', error: own('unreadable-answer', title, action, { httpStatus }) };
}

/**
 * Reads an answer. A 4xx refuses; a 5xx leaves the outcome unknown, with or without Meta's code, unless the table knows
 * that Meta surely took nothing on.
 */
export function readAnswer({ status, body, headers }: Answer): Reading {
  const parsed = parseExactJson(body);
  const value = parsed.ok ? parsed.value : undefined;
  const metaError = metaErrorOf(value);
  if (metaError) {
    const classified = classify(metaError, status);
    const retryAfterMs = classified.action.do === 'wait' ? retryAfterMsOf(headers) : undefined;
    const error = retryAfterMs === undefined ? classified : { ...classified, retryAfterMs };
    return { kind: error.surelyRejected ? 'rejected' : 'unknown', error, answer: value as Json };
  }
  if (status >= 200 && status < 300 && isObject(value)) return { kind: 'answered', value };
  return withoutEnvelope(status);
}
