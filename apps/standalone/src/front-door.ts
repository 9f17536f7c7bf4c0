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
import type { Logger } from 'pino';
import { AggregatorRegistry } from 'prom-client';
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
export function routeTo(services: readonly RunningService[], logger: Logger): RequestHandler {
  const byName = new Map(services.map((service) => [service.name as string, service.answer]));
  const [first] = services.map((service) => service.answer);
  const joint: Record<string, () => Promise<JointAnswer>> = {
    '/health/ready': () => readiness(services),
    '/metrics': () => metrics(services),
    '/docs': () => Promise.resolve({ status: 200, type: html, body: docsIndex([...byName.keys()]) }),
  };
  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    const forAll = joint[path.replace(/(?<=.)\/$/, '')];
    if (forAll) {
      forAll().then(
        ({ status, type, body }) => answer(response, status, type, body),
        (error: unknown) => {
          logger.error({ err: error, path }, 'the services could not be asked together');
          notReady(request, response);
        },
      );
      return;
    }
    const answers = byName.get(routeOf(request.method ?? 'GET', request.url ?? '/') ?? '') ?? first ?? notReady;
    answers(request, response);
  };
}

const html = 'text/html; charset=utf-8';
const json = 'application/json; charset=utf-8';

interface JointAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function readiness(services: readonly RunningService[]): Promise<JointAnswer> {
  const answers = await Promise.all(
    services.map(async ({ name, fastify }) => [name, await fastify.inject('/health/ready')] as const),
  );
  const ready = answers.every(([, { statusCode }]) => statusCode === 200);
  const report = Object.fromEntries(answers.map(([name, { body }]) => [name, JSON.parse(body) as unknown]));
  const body = JSON.stringify({ status: ready ? 'ready' : 'not ready', services: report });
  return { status: ready ? 200 : 503, type: json, body };
}

/** Each service's metrics carry its name as a label, so that the same metric of two services stays two. */
async function metrics(services: readonly RunningService[]): Promise<JointAnswer> {
  const all = AggregatorRegistry.aggregate(
    await Promise.all(services.map((service) => service.host.metrics.getMetricsAsJSON())),
  );
  return { status: 200, type: all.contentType, body: await all.metrics() };
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
