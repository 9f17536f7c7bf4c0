/**
 * Classes and codes of SQLSTATE that say the server is at fault, or chance was, and not the statement: connection,
 * resources, operator intervention, lost races, a transaction cut off because its process stood still.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const sqlStates = /^(08...|53...|57P..|57014|40001|40P01|55P03|25006|25P03|58030)$/;
const systemCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
]);
/** What pg and TypeORM say without a code. */
const texts =
  /connection terminated|connection error|not queryable|timeout exceeded when trying to connect|query read timeout|driver not connected/i;
const depthMax = 5;

/** Read by shape: an error may come from another realm or another copy of a driver. */
interface ErrorLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Whether an error says that the database or another host cannot be reached or asked just now, and not that a program is wrong. */
export function isPassingFailure(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > depthMax) return false;
  const { code, message, cause, errors } = error as ErrorLike;
  if (typeof code === 'string' && (systemCodes.has(code) || sqlStates.test(code))) return true;
  if (typeof message === 'string' && texts.test(message)) return true;
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => isPassingFailure(one, depth + 1));
  return isPassingFailure(cause, depth + 1);
}
