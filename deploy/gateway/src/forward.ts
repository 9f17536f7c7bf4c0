import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Problem, problemJson, unavailable } from '@postrider/service-host';
import { errors, type Pool } from 'undici';

/** Between two hops only: https://www.rfc-editor.org/rfc/rfc9110#name-connection */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Passes a request on and streams the answer back, byte by byte as it comes, so that events reach the caller at once. A
 * request is sent once: whether to try again is the caller's to decide.
 */
export async function forward(pool: Pool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const answer = await pool.request({
      method: (request.method ?? 'GET') as 'GET',
      path: request.url ?? '/',
      headers: { ...passedOn(request.headers), ...forwardedFrom(request) },
      body: hasBody(request) ? request : null,
      signal: gone.signal,
    });
    response.writeHead(answer.statusCode, passedOn(answer.headers));
    response.flushHeaders();
    await pipeline(answer.body, response);
  } catch (error) {
    if (gone.signal.aborted || response.headersSent) response.destroy();
    else answerProblem(response, problemOf(error));
  }
}

/** Answers with a problem of the gateway's own. */
export function answerProblem(response: ServerResponse, problem: Problem): void {
  response.writeHead(problem.status, { ...problem.headers, 'content-type': problemJson });
  response.end(JSON.stringify(problem.body));
}

function problemOf(error: unknown): Problem {
  if (error instanceof errors.HeadersTimeoutError)
    return new Problem('upstream-failed', 'The service behind this address did not answer in time.');
  return unavailable('The service behind this address cannot be reached just now.');
}

function passedOn(headers: IncomingHttpHeaders | Record<string, string | string[] | undefined>) {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(/\s*,\s*/);
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !hopByHop.has(name) && !named.includes(name)) kept[name] = value;
  return kept;
}

function forwardedFrom(request: IncomingMessage): Record<string, string> {
  const before = request.headers['x-forwarded-for'];
  const from = request.socket.remoteAddress ?? 'unknown';
  return {
    'x-forwarded-for': before === undefined ? from : `${String(before)}, ${from}`,
    'x-forwarded-host': String(request.headers['x-forwarded-host'] ?? request.headers.host ?? ''),
    'x-forwarded-proto': String(request.headers['x-forwarded-proto'] ?? 'http'),
  };
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
}
