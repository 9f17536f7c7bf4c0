import type { ServerResponse } from 'node:http';
import {
  docsIndex,
  listenHttp,
  problemJson,
  routeOf,
  unavailable,
  type HttpFront,
  type RequestHandler,
  type RunningService,
} from '@postrider/service-host';
import { Registry } from 'prom-client';
import { CannotStart } from './environment';

/** What everybody gets before the services run, and while they stop. */
export const notReady: RequestHandler = (_, response) => {
  const problem = unavailable('The services are starting or stopping.');
  answer(response, problem.status, problemJson, JSON.stringify(problem.body), problem.headers);
};

/** Takes the port before anything else is started, so that a port in use costs nothing and is said at once. */
export async function openFrontDoor(port: number): Promise<HttpFront> {
  try {
    return await listenHttp({ host: '127.0.0.1', port }, notReady);
  } catch (cause) {
    throw portTaken('PORT', port, cause) ?? cause;
  }
}

/** The one line for a port that somebody else has; undefined for any other failure. */
export function portTaken(variable: string, port: number, cause: unknown): CannotStart | undefined {
  if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') return undefined;
  return new CannotStart(
    `${variable}: ${port} is in use. Stop what uses it, or choose another one: ${variable}=${port + 1} npm start`,
    { cause },
  );
}

/**
 * One address for all services: each request goes to the one that the gateway's route table names, without a hop; what
 * every service has (health, documentation, metrics) is answered for all of them.
 */
export function routeTo(services: readonly RunningService[]): RequestHandler {
  const byName = new Map(services.map((service) => [service.name as string, service.fastify]));
  const [first] = services.map((service) => service.fastify);
  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    if (path === '/health/ready') return void answerReadiness(services, response);
    if (path === '/metrics') return void answerMetrics(services, response);
    if (path === '/docs' || path === '/docs/') return answer(response, 200, html, docsIndex([...byName.keys()]));
    const fastify = byName.get(routeOf(request.method ?? 'GET', request.url ?? '/') ?? '') ?? first;
    if (fastify) fastify.routing(request, response);
    else notReady(request, response);
  };
}

const html = 'text/html; charset=utf-8';
const json = 'application/json; charset=utf-8';

async function answerReadiness(services: readonly RunningService[], response: ServerResponse): Promise<void> {
  const answers = await Promise.all(
    services.map(async ({ name, fastify }) => [name, await fastify.inject('/health/ready')] as const),
  );
  const ready = answers.every(([, { statusCode }]) => statusCode === 200);
  const report = Object.fromEntries(answers.map(([name, { body }]) => [name, JSON.parse(body) as unknown]));
  answer(
    response,
    ready ? 200 : 503,
    json,
    JSON.stringify({ status: ready ? 'ready' : 'not ready', services: report }),
  );
}

async function answerMetrics(services: readonly RunningService[], response: ServerResponse): Promise<void> {
  const all = Registry.merge(services.map((service) => service.host.metrics));
  answer(response, 200, all.contentType, await all.metrics());
}

function answer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...headers, 'content-type': type });
  response.end(body);
}
