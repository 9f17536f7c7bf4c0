import type { Readable } from 'node:stream';
import { problemJson, Problem, unavailable } from '@postrider/service-host';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import type { Admission, Ticket } from './admission';
import { readBody } from './read-body';
import type { Delivery, Taken } from './take-delivery.handler';

declare module 'fastify' {
  interface FastifyRequest {
    ticket?: Ticket;
    /** Set while the delivery is taken: its room is free only then, even if Meta has hung up long before. */
    atWork?: boolean;
  }
}

/** `POST /webhooks/meta`, beside Nest: raw bytes of any content type, and every failure one that makes Meta try again. */
export function takeDeliveryRoute(deps: {
  take: (delivery: Delivery) => Promise<Taken>;
  admission: Admission;
  logger: Logger;
  metrics: Registry;
}): (fastify: FastifyInstance) => void {
  const deliveries = new Counter({
    name: 'webhook_deliveries_total',
    help: 'Deliveries by what became of them.',
    labelNames: ['outcome'],
    registers: [deps.metrics],
  });
  const facts = new Counter({
    name: 'webhook_facts_total',
    help: 'Facts that deliveries held, repetitions included.',
    registers: [deps.metrics],
  });
  const refuse = (reply: FastifyReply, problem: Problem, outcome: string): FastifyReply => {
    deliveries.inc({ outcome });
    return reply.status(problem.status).headers(problem.headers).type(problemJson).send(JSON.stringify(problem.body));
  };

  return (fastify) => {
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    fastify.addHook('onRequest', async (request, reply) => {
      // The bytes are what is signed; a content type that is malformed must not turn them away.
      request.raw.headers['content-type'] = 'application/octet-stream';
      request.ticket = deps.admission.enter();
      if (request.ticket === undefined) {
        void reply.header('connection', 'close');
        return refuse(reply, unavailable('Too much is at work; please deliver again.'), 'overloaded');
      }
    });
    fastify.addHook('onResponse', async (request) => {
      if (!request.atWork) request.ticket?.leave();
    });
    fastify.setErrorHandler((error, _request, reply) => {
      const problem =
        error instanceof Problem ? error : unavailable('The delivery cannot be stored now; please deliver again.');
      if (!(error instanceof Problem)) deps.logger.error({ err: error }, 'a delivery could not be taken');
      void reply.header('connection', 'close');
      return refuse(reply, problem, problem.code);
    });
    fastify.post('/webhooks/meta', async (request, reply) => {
      const ticket = request.ticket!;
      request.atWork = true;
      try {
        const body = await readBody(request.body as Readable | undefined, ticket);
        const taken = await deps.take({ body, signature: request.headers['x-hub-signature-256'] });
        if (taken.outcome === 'unsigned')
          return refuse(reply, new Problem('unauthenticated', 'The signature is missing or wrong.'), 'unsigned');
        deliveries.inc({ outcome: taken.outcome });
        facts.inc(taken.facts);
        return reply.status(200).send();
      } finally {
        ticket.leave();
      }
    });
  };
}
