import { listenHttp, routeOf, type HttpFront, type RequestHandler, type RunningService } from '@postrider/service-host';
import { CannotStart } from './environment';

const starting: RequestHandler = (_, response) => {
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
  response.end(
    JSON.stringify({ title: 'Starting', status: 503, code: 'unavailable', detail: 'The services are starting.' }),
  );
};

/** Takes the port before anything else is started, so that a port in use costs nothing and is said at once. */
export async function openFrontDoor(port: number): Promise<HttpFront> {
  try {
    return await listenHttp({ host: '127.0.0.1', port }, starting);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new CannotStart(
        `PORT: ${port} is in use. Stop what uses it, or choose another one: PORT=${port + 1} npm start`,
      );
    throw cause;
  }
}

/** One address for all services: each request goes to the one that the gateway's route table names, without a hop. */
export function routeTo(services: readonly RunningService[]): RequestHandler {
  const byName = new Map(services.map((service) => [service.name, service.fastify]));
  const [first] = services;
  return (request, response) => {
    const service = routeOf(request.method ?? 'GET', request.url ?? '/') ?? first?.name;
    const fastify = service === undefined ? undefined : byName.get(service);
    if (fastify) fastify.routing(request, response);
    else starting(request, response);
  };
}
