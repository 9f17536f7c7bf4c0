import { readVerifyToken } from '@postrider/keys';
import { Problem } from '@postrider/service-host';
import type { FastifyInstance } from 'fastify';

/**
 * `GET /webhooks/meta`: Meta's check of a callback address. The token is stateless, so it is right before the account it
 * is for has been stored. https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export function answerHandshakeRoute(verifyKey: Uint8Array): (fastify: FastifyInstance) => void {
  return (fastify) => {
    fastify.get('/webhooks/meta', async (request, reply) => {
      const query = request.query as Record<string, unknown>;
      const token = query['hub.verify_token'];
      const challenge = query['hub.challenge'];
      const known = typeof token === 'string' && readVerifyToken(verifyKey, token) !== undefined;
      if (query['hub.mode'] !== 'subscribe' || !known || typeof challenge !== 'string')
        throw new Problem('forbidden', 'The verify token is not one that Postrider gave.');
      return reply
        .status(200)
        .header('x-content-type-options', 'nosniff')
        .type('text/plain; charset=utf-8')
        .send(challenge);
    });
  };
}
