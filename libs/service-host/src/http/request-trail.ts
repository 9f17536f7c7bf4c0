import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import { correlationOf } from './correlation';

const quiet = /^\/(health|metrics)/;

/**
 * Gives each request its id, and notes when it is done: by route pattern, never by address, since addresses and query
 * strings may hold phone numbers.
 */
export function leaveTrail(fastify: FastifyInstance, logger: Logger, metrics: Registry): void {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  });
  fastify.decorateRequest('correlationId', '');
  fastify.addHook('onRequest', (request, reply, done) => {
    const { correlationId, traceparent } = correlationOf(request.headers);
    request.correlationId = correlationId;
    request.traceparent = traceparent;
    reply.header('x-request-id', correlationId);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const durationMs = reply.elapsedTime;
    durations.observe({ method: request.method, route, status: String(reply.statusCode) }, durationMs / 1_000);
    const level = quiet.test(route) ? 'debug' : 'info';
    logger[level](
      {
        requestId: request.correlationId,
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: Math.round(durationMs),
      },
      'answered',
    );
    done();
  });
}
