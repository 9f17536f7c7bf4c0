import type { ClassifiedError } from './errors/classified-error';

/** Whether Meta took the request on: surely not, since it refused or never got it, or nobody can tell. */
export type Outcome = 'rejected' | 'not-sent' | 'unknown';

/** The one error that calls throw. `message` is for operators; `text` says what to do and may be shown to anyone. */
export class CloudApiError extends Error {
  override readonly name = 'CloudApiError';

  constructor(
    readonly outcome: Outcome,
    readonly error: ClassifiedError,
    /** The call, as `POST /{id}/register`. */
    readonly call: string,
    /** What Meta answered beside the error, as the lists of a partial failure. */
    readonly answer?: Readonly<Record<string, unknown>>,
    options?: ErrorOptions,
  ) {
    super(
      `${call}: ${error.title}${error.metaCode === undefined ? '' : ` (${error.metaCode})`} [${error.code}, ${outcome}]`,
      options,
    );
  }

  get code(): string {
    return this.error.code;
  }
  get metaCode(): number | undefined {
    return this.error.metaCode;
  }
  get httpStatus(): number | undefined {
    return this.error.httpStatus;
  }
  get retryable(): boolean {
    return this.error.retryable;
  }
  get fbtraceId(): string | undefined {
    return this.error.fbtraceId;
  }
  /** Meta's details; may quote a parameter's value. */
  get details(): string | undefined {
    return this.error.details;
  }
  get text(): string {
    return `${this.error.title}. ${this.error.remedy}.`;
  }
}
