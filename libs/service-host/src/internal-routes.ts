import type { FastifyInstance } from 'fastify';
import { parseBody } from './http/validation';
import { heldPath, WholePerson } from './personal-parts/held-of-person';
import type { Platform } from './platform-routes';
import { ReadingsQuestion, readingsPath } from './readings/readings';

/** What the other services of the installation may ask; the guard has checked their token. */
export function internalRoutes(fastify: FastifyInstance, { host, parts, readers }: Platform): void {
  fastify.get('/internal/head', () => host.log.heads());
  fastify.get<{ Params: { id: string } }>('/internal/streams/:id', (request) => host.log.readStream(request.params.id));
  fastify.get('/internal/api-key-uses', () => host.apiKeyUses());
  fastify.post(heldPath, async ({ body }) => (await parts.held?.(parseBody(WholePerson, body))) ?? {});
  fastify.post(readingsPath, ({ body }) => host.readings.list(parseBody(ReadingsQuestion, body)));
  fastify.get('/internal/readers', async () => {
    const [lag, parked] = await Promise.all([readers.lag(), readers.parked()]);
    return { service: host.name, readers: lag, parked };
  });
}
