const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
]);
/** Class 08 (connection), 53 (resources), 57P (shutdown): https://www.postgresql.org/docs/current/errcodes-appendix.html */
const postgresCodes = /^(08...|53...|57P0[1-5])$/;
const clientMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** Whether an error says that the database or another host cannot be reached just now, and not that a program is wrong. */
export function isUnreachable(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && (networkCodes.has(code) || postgresCodes.test(code))) return true;
    if (clientMessages.test(at.message)) return true;
    if (at instanceof AggregateError && at.errors.some(isUnreachable)) return true;
  }
  return false;
}
