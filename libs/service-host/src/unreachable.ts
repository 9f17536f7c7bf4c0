const networkCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'],
]);
/** Class 08 (connection), 53 (resources), 57P (shutdown): https://www.postgresql.org/docs/current/errcodes-appendix.html */
const postgresCodes = /^(08...|53...|57P0[1-5])$/;
const clientMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Driver not Connected/;
const depthMax = 5;

/** Read by shape: an error may come from another realm or another copy of a driver. */
interface ErrorLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Whether an error says that the database or another host cannot be reached just now, and not that a program is wrong. */
export function isUnreachable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > depthMax) return false;
  const { code, message, cause, errors } = error as ErrorLike;
  if (typeof code === 'string' && (networkCodes.has(code) || postgresCodes.test(code))) return true;
  if (typeof message === 'string' && clientMessages.test(message)) return true;
  if (Array.isArray(errors) && errors.some((one) => isUnreachable(one, depth + 1))) return true;
  return isUnreachable(cause, depth + 1);
}
