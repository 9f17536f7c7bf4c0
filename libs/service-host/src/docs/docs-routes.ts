import { asyncApi } from '@postrider/event-contracts';
import type { FastifyInstance } from 'fastify';
import type { ServiceHost, ServiceParts } from '../service-definition';
import { openApiOf } from './open-api';
import { docsPage } from './page';
import { collectRawRoutes, routesOfControllers, type DescribedRoute } from './routes-of';

/**
 * Documentation out of the schemas that the routes and events are held to. It stands under the service's own name too,
 * by which the gateway finds it.
 */
export function docsRoutes(fastify: FastifyInstance, host: ServiceHost<unknown>, parts: ServiceParts): void {
  const raw = collectRawRoutes(fastify);
  const routes = (): DescribedRoute[] => [...routesOfControllers(parts.controllers), ...raw].filter(isPublic);
  for (const base of ['/docs', `/docs/${host.name}`]) {
    fastify.get(base, (_request, reply) => reply.redirect(`${base}/`));
    fastify.get(`${base}/`, (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(docsPage(host.name, routes())),
    );
    fastify.get(`${base}/openapi.json`, () => openApiOf(host.name, routes()));
    fastify.get(`${base}/asyncapi.json`, () => asyncApi({ shards: host.log.shards }));
  }
}

function isPublic({ path }: DescribedRoute): boolean {
  return !path.startsWith('/internal');
}
