import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Counts requests, so that a stop can let them finish before the database goes. */
export function countInFlight(fastify: FastifyInstance): { settled(deadlineMs: number): Promise<boolean> } {
  let count = 0;
  fastify.addHook('onRequest', (_request, reply, done) => {
    count += 1;
    reply.raw.once('close', () => {
      count -= 1;
    });
    done();
  });
  return {
    async settled(deadlineMs) {
      const until = performance.now() + deadlineMs;
      while (count > 0 && performance.now() < until) await pause(10);
      return count === 0;
    },
  };
}
