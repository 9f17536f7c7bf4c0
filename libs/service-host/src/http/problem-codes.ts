/**
 * Every code that an answer may carry, with its status. A code that is missing here is a refusal of the domain and
 * answers 422; `docs/errors.md` lists them all.
 */
export const problemStatus: Readonly<Record<string, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-late': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'idempotency-key-reused': 422,
  'unknown-channel': 422,
  'unknown-template': 422,
  'unknown-media': 422,
  'channel-inactive': 422,
  'not-approved': 422,
  'missing-variable': 422,
  'connection-refused': 422,
  'graph-url-not-allowed': 422,
  'channel-not-ready': 422,
  'template-has-errors': 422,
  'template-edit-limit': 422,
  'refused-by-meta': 422,
  'not-addressable': 422,
  'no-consent': 422,
  stopped: 422,
  'window-closed': 422,
  'template-not-approved': 422,
  'template-paused': 422,
  'parameters-mismatch': 422,
  'marketing-paused-in-country': 422,
  'country-not-served': 422,
  'quiet-hours': 422,
  'frequency-cap': 422,
  'portfolio-limit': 422,
  'marketing-budget': 422,
  'content-not-permitted': 422,
  'health-content': 422,
  'sender-unable': 422,
  'spend-limit': 422,
  overloaded: 429,
  'internal-error': 500,
  'upstream-failed': 502,
  unavailable: 503,
};

const codeByStatus: Readonly<Record<number, string>> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'overloaded',
  502: 'upstream-failed',
  503: 'unavailable',
};

/** The status that goes with a code; a refusal that has no line of its own is 422. */
export function statusOf(code: string): number {
  return problemStatus[code] ?? 422;
}

/** The code for a status that a framework chose: 415 → `unsupported-media-type`. */
export function codeOfStatus(status: number): string {
  return codeByStatus[status] ?? (status < 500 ? 'malformed' : 'internal-error');
}
