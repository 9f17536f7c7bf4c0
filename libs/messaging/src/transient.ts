import { isPassingFailure } from '@postrider/event-store';

/** Whether a failure passes by itself, so that waiting in place helps and parking would be wrong. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('retryable' in error) return error.retryable === true;
  return isPassingFailure(error) || (error.cause !== undefined && isTransient(error.cause));
}
