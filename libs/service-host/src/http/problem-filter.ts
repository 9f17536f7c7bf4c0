import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Answer } from '../idempotency/claims';
import { Problem } from './problem';
import { logFailure, problemFor } from './problem-answer';

export const problemJson = 'application/problem+json; charset=utf-8';

/** Sets status and content type for an answer that may be a problem, and gives the body: `return answer(reply, kept)`. */
export function answer(reply: FastifyReply, { status, body }: Answer): unknown {
  void reply.status(status).type(status >= 400 ? problemJson : 'application/json; charset=utf-8');
  return body;
}

/** Every failure of a request, in whichever layer it came up, leaves as problem+json. */
export function problemResponder(logger: Logger, routes: RouteBook) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const given = problemFor(error);
    const problem = given.code === 'not-found' && request.is404 ? routes.missing(request) : given;
    logFailure(logger, error, problem, request.correlationId);
    if (reply.sent) return;
    void reply.status(problem.status).headers(problem.headers).type(problemJson).send(JSON.stringify(problem.body));
  };
}

/** The same for what Nest catches. */
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly respond: ReturnType<typeof problemResponder>) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.respond(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export interface RouteBook {
  /** The problem of a request that no route answers: 405 where another method would be, else 404. */
  missing(request: FastifyRequest): Problem;
}

/** Notes the routes as they are added. */
export function routeBook(fastify: FastifyInstance): RouteBook {
  const routes: { method: string; pattern: RegExp }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    const pattern = new RegExp(
      `^${url
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replace(/:[^/]+/g, '[^/]+')
        .replace(/\*/g, '.*')}/?$`,
    );
    for (const one of [method].flat()) routes.push({ method: one, pattern });
  });
  return {
    missing(request) {
      const path = request.url.split('?', 1)[0]!;
      const allowed = [...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
      if (allowed.length === 0) return new Problem('not-found', 'There is nothing at this address.');
      return new Problem(
        'method-not-allowed',
        `This address takes ${allowed.join(', ')}.`,
        {},
        { allow: allowed.join(', ') },
      );
    },
  };
}
