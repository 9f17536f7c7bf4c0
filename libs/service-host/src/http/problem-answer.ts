import { HttpException } from '@nestjs/common';
import { Fault } from '@postrider/decider';
import type { Logger } from 'pino';
import { isPassingFailure } from '@postrider/event-store';
import { overloaded, Problem, unavailable } from './problem';
import { codeOfStatus, problemStatus } from './problem-codes';

/** Kind of failure → problem. The one place where errors become HTTP: refusals and faults speak, bugs do not. */
export function problemFor(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Fault) return problemOfFault(error);
  if (error instanceof Error && error.name === 'Transient')
    return unavailable('Something this call needs cannot be reached just now.');
  if (isPassingFailure(error)) return unavailable('Something this call needs cannot be reached just now.');
  const status = clientStatus(error);
  if (status !== undefined) return new Problem(codeOfStatus(status), textOf(status, error));
  return new Problem('internal-error', 'Something went wrong on our side. The log has it under the request id.');
}

/** Says loudly what a caller is not told. */
export function logFailure(logger: Logger, error: unknown, problem: Problem, requestId: string): void {
  if (problem.status === 500) logger.error({ err: error, requestId }, 'a request failed on a defect');
  else if (problem.status > 500) logger.warn({ requestId, reason: reasonOf(error) }, 'a request could not be served');
}

function problemOfFault(fault: Fault): Problem {
  if (fault.code === 'overloaded') return overloaded(fault.publicText);
  if (fault.retryable) return unavailable(fault.publicText);
  const code = (problemStatus[fault.code] ?? 0) >= 500 ? fault.code : 'upstream-failed';
  return new Problem(code, fault.publicText, {}, { 'retry-after': '30' });
}

function clientStatus(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus() < 500 ? error.getStatus() : undefined;
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown };
  const ofFastify = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return ofFastify && (error instanceof SyntaxError || (typeof code === 'string' && code.startsWith('FST_')))
    ? statusCode
    : undefined;
}

function textOf(status: number, error: unknown): string {
  if (status === 404) return 'There is nothing at this address.';
  if (status === 413) return 'The body is larger than this address takes.';
  if (status === 415) return 'This address does not take a body of this content type.';
  return error instanceof Error ? error.message : 'The request cannot be understood.';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
