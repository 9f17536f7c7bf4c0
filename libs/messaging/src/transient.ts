/** SQLSTATE classes and codes that pass: connection, out of resources, operator intervention, and lost races. */
const passingSqlStates = /^(08|53|57P|40001|40P01|55P03|25006|58030)/;
const passingSystemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
/** `pg` reports a lost connection without a code. */
const passingTexts =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect/;

/** Whether a failure passes by itself, so that waiting in place helps and parking would be wrong. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('retryable' in error) return error.retryable === true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    passingSystemCodes.has(code) ||
    (code.length === 5 && passingSqlStates.test(code)) ||
    passingTexts.test(error.message) ||
    (error instanceof AggregateError && error.errors.length > 0 && error.errors.every(isTransient)) ||
    (error.cause !== undefined && isTransient(error.cause))
  );
}
