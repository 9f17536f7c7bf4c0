import type { IncomingHttpHeaders } from 'node:http';
import { v7 } from 'uuid';

const requestId = /^[\w.:-]{1,128}$/;
/** https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The id that ties together what follows from a request: the caller's `x-request-id`, else the trace's, else a new one. */
export function correlationOf(headers: IncomingHttpHeaders): { correlationId: string; traceparent?: string } {
  const trace = typeof headers.traceparent === 'string' ? traceparent.exec(headers.traceparent) : null;
  const given = headers['x-request-id'];
  const correlationId = typeof given === 'string' && requestId.test(given) ? given : (trace?.[1] ?? v7());
  return trace ? { correlationId, traceparent: trace[0] } : { correlationId };
}
