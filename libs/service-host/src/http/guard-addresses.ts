import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sameSecret, type ApiKeys } from './api-keys';
import { Problem } from './problem';

/** Lets nobody into `/v1` without an API key, nor into `/internal` without the token of this installation. */
export function guardAddresses(
  fastify: FastifyInstance,
  guards: { apiKeys: ApiKeys; internalTokens: readonly string[] },
): void {
  fastify.addHook('onRequest', async (request, reply) => {
    // By the route that matched: the router decodes addresses, so `/%761/…` is `/v1/…` too.
    const area = (request.routeOptions.url ?? request.url).split(/[/?]/, 2)[1];
    if (area === 'v1') {
      const key = await guards.apiKeys.find(bearerOf(request));
      if (!key) {
        reply.header('www-authenticate', 'Bearer');
        throw new Problem('unauthenticated', 'This address needs a valid API key.');
      }
      const { correlationId, traceparent } = request;
      request.caller = {
        workspaceId: key.workspaceId,
        actor: `key:${key.id}`,
        scopes: key.scopes,
        correlationId,
        ...(traceparent === undefined ? {} : { traceparent }),
      };
    }
    if (area === 'internal' && !isOneOf(guards.internalTokens, bearerOf(request)))
      throw new Problem('unauthenticated', 'This address is for the services of this installation.');
  });
}

function isOneOf(tokens: readonly string[], given: string): boolean {
  return tokens.some((token) => sameSecret(given, token));
}

function bearerOf(request: FastifyRequest): string {
  const match = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
  if (!match) throw new Problem('unauthenticated', 'This address needs "Authorization: Bearer <API key>".');
  return match[1]!;
}
