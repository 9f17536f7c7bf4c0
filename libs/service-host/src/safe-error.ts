interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const depthMax = 4;

/**
 * An error as the log may have it. Database errors carry statements, parameters and rows, in which phone numbers and
 * words stand; only what is named here is kept.
 */
export function safeError(error: unknown, depth = 0): LoggedError {
  if (typeof error !== 'object' || error === null) return { type: typeof error, message: String(error) };
  const { name, message, code, stack, cause } = error as Partial<Record<string, unknown>>;
  return {
    type: String(name ?? 'Error'),
    message: String(message ?? ''),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof stack === 'string' ? { stack } : {}),
    ...(cause === undefined || depth >= depthMax ? {} : { cause: safeError(cause, depth + 1) }),
  };
}
