import { Fault } from '@postrider/decider';

/** One line that says what keeps the embedded Postgres from running, and what to do. */
export function unusable(message: string, cause?: unknown): Fault {
  return new Fault({
    code: 'unavailable',
    message,
    publicText: 'The database is not available.',
    retryable: false,
    cause,
  });
}

/** The `code` of a system error, such as EACCES; of anything else, its text. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}
