import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

export interface InFlight {
  enter(response: ServerResponse): void;
  settled(deadlineMs: number): Promise<boolean>;
}

/** Counts requests, so that a stop can let them finish before the database goes. */
export function countInFlight(fastify: FastifyInstance): InFlight {
  let count = 0;
  const leave = (): void => {
    count -= 1;
  };
  const enter = (response: ServerResponse): void => {
    count += 1;
    response.once('close', leave);
  };
  fastify.addHook('onRequest', (_request, reply, done) => {
    enter(reply.raw);
    done();
  });
  return {
    enter,
    async settled(deadlineMs) {
      const until = performance.now() + deadlineMs;
      while (count > 0 && performance.now() < until) await pause(10);
      return count === 0;
    },
  };
}
