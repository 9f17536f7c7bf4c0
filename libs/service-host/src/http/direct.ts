import type { FastifyInstance } from 'fastify';
import type { InFlight } from './in-flight';
import type { RequestHandler } from './listen';

/** Addresses that a service answers by itself, by method and path: `POST /webhooks/meta`. */
export type DirectAnswers = ReadonlyMap<string, RequestHandler>;

/** Hands requests to whoever answers them directly, and all others to Fastify. Both let a stop wait for them. */
export function answerDirectly(fastify: FastifyInstance, direct: DirectAnswers, inFlight: InFlight): RequestHandler {
  return (request, response) => {
    const answer = direct.get(`${request.method} ${request.url}`);
    if (answer === undefined) return fastify.routing(request, response);
    inFlight.enter(response);
    answer(request, response);
  };
}
