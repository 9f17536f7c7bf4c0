import type { Parsed, Problem } from '@postrider/cloud-api-payloads';
import { CloudApiError } from '../cloud-api-error';
import type { ClassifiedError } from '../errors/classified-error';

/** The error of a payload that is refused here, before Meta sees it. */
export const refusedHere = (code: string, title: string, details: string): ClassifiedError => ({
  code,
  title,
  details,
  action: { do: 'fix' },
  retryable: false,
  surelyRejected: true,
  remedy: 'Correct the payload',
});

/** The error of a payload that breaks documented limits, with the place of each. */
export function malformedPayload(problems: readonly Problem[]): ClassifiedError {
  const details = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return refusedHere('malformed-payload', 'The payload breaks a documented rule', details);
}

/** The value of a parse, or an error for the call that names each problem. */
export function checked<T>(parsed: Parsed<T>, call: string): T {
  if (parsed.ok) return parsed.value;
  throw new CloudApiError('rejected', malformedPayload(parsed.problems), call);
}
