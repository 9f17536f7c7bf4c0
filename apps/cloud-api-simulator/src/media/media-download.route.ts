import type { FastifyInstance } from 'fastify';
import { authenticate } from '../graph/authenticate';
import { findNode } from '../graph/find-node';
import { GraphError } from '../graph/graph-error';
import { strike } from '../control/strike';
import { secondsOf, type Simulation } from '../world/simulation';

/** The second hop: the address that `GET /{MEDIA_ID}` gave, good for five minutes and only with the token. */
export function mediaDownloads(http: FastifyInstance, sim: Simulation): void {
  http.get<{ Querystring: { mid?: string; ext?: string } }>('/media-download', async (request, reply) => {
    const { mid = '', ext = '0' } = request.query;
    try {
      const token = authenticate(sim, request.headers, {});
      if (Number(ext) < secondsOf(sim.nowMs())) return await reply.code(404).send('');
      const fault = strike(sim, ['media', 'media-download'], ['error', 'delay'], () => ({ id: mid }));
      if (fault?.kind === 'error') return await reply.code(500).send('');
      if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
      const node = findNode(sim, token, mid);
      if (node?.kind !== 'media' || node.media.expiresAtMs <= sim.nowMs()) return await reply.code(404).send('');
      return await reply.header('content-type', node.media.mimeType).send(Buffer.from(node.media.base64, 'base64'));
    } catch (error) {
      if (error instanceof GraphError)
        return await reply.code(401).type('text/html').send('<html><body>Unauthorized</body></html>');
      throw error;
    }
  });
}
