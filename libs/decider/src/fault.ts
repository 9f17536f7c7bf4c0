/**
 * The world failed: a database is down, Meta does not answer. `code` is one of the public codes, `publicText` may be
 * shown to a caller, `message` is for the log. Refusals are values and bugs are assertions; neither is a Fault.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: string;
  readonly retryable: boolean;
  readonly publicText: string;

  constructor(fault: { code: string; message: string; publicText: string; retryable: boolean; cause?: unknown }) {
    super(fault.message, { cause: fault.cause });
    this.code = fault.code;
    this.retryable = fault.retryable;
    this.publicText = fault.publicText;
  }
}
