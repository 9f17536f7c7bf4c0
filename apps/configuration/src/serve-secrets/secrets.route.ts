import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CredentialsStore } from '../credentials/credentials';

/**
 * What other services need and the bus never carries. Under `/internal` the host lets only calls with the installation's
 * internal token through.
 */
export function secretsRoutes(
  fastify: FastifyInstance,
  deps: { credentials: CredentialsStore; identitySecret: (workspaceId: string) => Promise<Buffer> },
): void {
  fastify.get('/internal/credentials', () => deps.credentials.all());
  fastify.get<{ Params: { id: string } }>('/internal/credentials/:id', async ({ params }, reply) => {
    const held = z.uuid().safeParse(params.id).success ? await deps.credentials.current(params.id) : undefined;
    return held ?? reply.status(404).send({ code: 'not-found' });
  });
  fastify.get<{ Params: { workspaceId: string } }>(
    '/internal/identity-secret/:workspaceId',
    async ({ params }, reply) => {
      if (!z.uuid().safeParse(params.workspaceId).success) return reply.status(404).send({ code: 'not-found' });
      return { secret: (await deps.identitySecret(params.workspaceId)).toString('base64') };
    },
  );
}
