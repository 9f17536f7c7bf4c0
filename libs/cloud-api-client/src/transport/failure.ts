/** What can go wrong with a request before there is an answer. */
export const failures = {
  timeout: 'The deadline passed',
  cancelled: 'The caller cancelled it',
  'connection-refused': 'The connection was refused',
  'name-not-resolved': "The host's name could not be resolved",
  'connect-timeout': 'No connection within the time allowed',
  'tls-failed': 'No secure connection could be made',
  'connection-reset': 'The connection broke',
  'answer-too-large': 'The answer is larger than allowed',
  'connection-failed': 'The connection failed',
} as const;
export type FailureCode = keyof typeof failures;

const byErrno: Record<string, FailureCode> = {
  ECONNREFUSED: 'connection-refused',
  ENOTFOUND: 'name-not-resolved',
  EAI_AGAIN: 'name-not-resolved',
  EAI_NODATA: 'name-not-resolved',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  ETIMEDOUT: 'connect-timeout',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  UND_ERR_SOCKET: 'connection-reset',
};

/** A request that got no answer. `left` says whether any of it may have gone out. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  constructor(
    readonly code: FailureCode,
    readonly left: boolean,
    options?: ErrorOptions,
  ) {
    super(failures[code], options);
  }
}

/** Names a network error by its errno. */
export function failureOf(error: unknown): FailureCode {
  if (error instanceof RequestFailed) return error.code;
  const errno = (error as { code?: unknown } | undefined)?.code;
  if (typeof errno !== 'string') return 'connection-failed';
  if (/CERT|TLS|SSL|SIGNED/.test(errno)) return 'tls-failed';
  // Several addresses of one name, each of which failed: the first one's reason stands for all.
  if (error instanceof AggregateError && byErrno[errno] === undefined) return failureOf(error.errors[0]);
  return byErrno[errno] ?? 'connection-failed';
}
