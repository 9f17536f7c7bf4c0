import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemJson, Problem, unavailable, type RequestHandler } from '@postrider/service-host';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { Admission, Ticket } from './admission';
import { readBody } from './read-body';
import type { Delivery, Taken } from './take-delivery.handler';

export const deliveryPath = '/webhooks/meta';

/**
 * `POST /webhooks/meta`, beside Nest and before Fastify: raw bytes of any content type, and every failure one that makes
 * Meta try again.
 */
export function takeDeliveryRoute(deps: {
  take: (delivery: Delivery) => Promise<Taken>;
  admission: Admission;
  logger: Logger;
  metrics: Registry;
}): { readonly answer: RequestHandler; readonly fastify: (instance: FastifyInstance) => void } {
  const { deliveries, durations, facts } = meters(deps.metrics);

  const refuse = (response: ServerResponse, problem: Problem, outcome: string): void => {
    deliveries.inc({ outcome });
    if (response.headersSent) return;
    response.writeHead(problem.status, { ...problem.headers, 'content-type': problemJson });
    response.end(JSON.stringify(problem.body));
  };
  /** The rest of a body that is not wanted is not waited for either. */
  const hangUp = (request: IncomingMessage, response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('connection', 'close');
    response.once('finish', () => void (request.complete || request.destroy()));
  };

  const take = async (request: IncomingMessage, response: ServerResponse, ticket: Ticket): Promise<void> => {
    try {
      const body = await readBody(request, ticket);
      const taken = await deps.take({ body, signature: request.headers['x-hub-signature-256'] });
      if (taken.outcome === 'unsigned')
        return refuse(response, new Problem('unauthenticated', 'The signature is missing or wrong.'), 'unsigned');
      deliveries.inc({ outcome: taken.outcome });
      facts.inc(taken.facts);
      response.writeHead(200, { 'content-length': '0' });
      response.end();
    } catch (error) {
      const problem =
        error instanceof Problem ? error : unavailable('The delivery cannot be stored now; please deliver again.');
      if (!(error instanceof Problem)) deps.logger.error({ err: error }, 'a delivery could not be taken');
      hangUp(request, response);
      refuse(response, problem, problem.code);
    } finally {
      // Even where Meta has hung up long before, the room is free only now.
      ticket.leave();
    }
  };

  const answer: RequestHandler = (request, response) => {
    const ticket = deps.admission.enter();
    if (ticket === undefined) {
      hangUp(request, response);
      return refuse(response, unavailable('Too much is at work; please deliver again.'), 'overloaded');
    }
    const ended = durations.startTimer();
    void take(request, response, ticket).then(() => ended());
  };

  return {
    answer,
    /** The same for whoever asks Fastify. */
    fastify(instance) {
      instance.removeAllContentTypeParsers();
      instance.addContentTypeParser('*', (_request, _payload, done) => done(null));
      instance.addHook('onRequest', (request, _reply, done) => {
        // The bytes are what is signed; a content type that is malformed must not turn them away.
        request.raw.headers['content-type'] = 'application/octet-stream';
        done();
      });
      instance.post(deliveryPath, (request, reply) => {
        reply.hijack();
        answer(request.raw, reply.raw);
      });
    },
  };
}

function meters(metrics: Registry) {
  const registers = [metrics];
  return {
    deliveries: new Counter({
      name: 'webhook_deliveries_total',
      help: 'Deliveries by what became of them.',
      labelNames: ['outcome'],
      registers,
    }),
    durations: new Histogram({
      name: 'webhook_delivery_duration_seconds',
      help: 'How long deliveries took until their answer.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    facts: new Counter({
      name: 'webhook_facts_total',
      help: 'Facts that deliveries held, repetitions included.',
      registers,
    }),
  };
}
