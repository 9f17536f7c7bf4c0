import type { FastifyInstance } from 'fastify';
import type { Simulation } from '../world/simulation';
import { inspectorPage } from './inspector-page';

/** `GET /_sim/`: what the simulator holds, for a person to read and to play with. `?to=` shows one person's messages. */
export function inspector(http: FastifyInstance, sim: Simulation): void {
  http.get('/_sim', (request, reply) => {
    const { to } = request.query as { to?: unknown };
    const wanted = typeof to === 'string' && to.trim() !== '' ? to : undefined;
    return reply.type('text/html; charset=utf-8').send(inspectorPage(sim, wanted));
  });
  http.get('/', (_request, reply) => reply.redirect('/_sim/'));
}
