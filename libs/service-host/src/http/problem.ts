import type { Refusal } from '@postrider/decider';
import { statusOf } from './problem-codes';

/** The body of an `application/problem+json` answer (RFC 9457). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly [member: string]: unknown;
}

/** Thrown by a route, it becomes the problem+json answer. `members` stand beside `code`: `errors`, `decision` … */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;

  constructor(
    readonly code: string,
    readonly detail: string,
    readonly members: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${code}: ${detail}`);
    this.status = statusOf(code);
  }

  get body(): ProblemBody {
    return {
      type: `urn:postrider:problem:${this.code}`,
      title: titleOf(this.code),
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...this.members,
    };
  }
}

/** The answer for a refusal of the domain. */
export function problemOf(refusal: Refusal, members?: Readonly<Record<string, unknown>>): Problem {
  return new Problem(refusal.refused, refusal.because, members);
}

/** 503 `unavailable` with the seconds after which another try makes sense. */
export function unavailable(detail: string, retryAfterSeconds = 1): Problem {
  return new Problem('unavailable', detail, {}, { 'retry-after': String(retryAfterSeconds) });
}

/** 429 `overloaded` with the seconds after which another try makes sense. */
export function overloaded(detail: string, retryAfterSeconds = 1): Problem {
  return new Problem('overloaded', detail, {}, { 'retry-after': String(retryAfterSeconds) });
}

function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
