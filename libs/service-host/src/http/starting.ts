import type { RequestHandler } from './listen';
import { unavailable } from './problem';
import { problemJson } from './problem-filter';

/** Answers while a service cannot serve yet: alive, not ready, and why. */
export function startingHandler(service: string, missing: () => readonly string[]): RequestHandler {
  return (request, response) => {
    const json = (status: number, type: string, body: unknown): void => {
      response.writeHead(status, { 'content-type': type, ...(status === 503 ? { 'retry-after': '1' } : {}) });
      response.end(JSON.stringify(body));
    };
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/health/live') json(200, 'application/json; charset=utf-8', { status: 'live', service });
    else if (path === '/health/ready')
      json(503, 'application/json; charset=utf-8', { status: 'not ready', service, missing: missing() });
    else json(503, problemJson, unavailable('The service is starting.').body);
  };
}
