import type { FastifyInstance } from 'fastify';
import type { Simulation } from '../world/simulation';
import { inspectorPage } from './inspector-page';

/** `GET /_sim/`: what the simulator holds, for a person to read. */
export function inspector(http: FastifyInstance, sim: Simulation): void {
  http.get('/_sim', (_request, reply) => reply.type('text/html; charset=utf-8').send(inspectorPage(sim)));
  http.get('/', (_request, reply) => reply.redirect('/_sim/'));
}
