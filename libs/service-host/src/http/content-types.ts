import type { FastifyInstance } from 'fastify';

/**
 * What bodies the host takes: JSON (with its raw bytes kept on the request, for signatures), and CSV and JSON lines as
 * streams. Anything else is 415; a service adds its own, such as multipart.
 */
export function acceptContentTypes(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    // Many clients name the type and send nothing with a POST that takes no body.
    if (body.length === 0) done(null, undefined);
    else parseJson(request, body.toString('utf8'), done);
  });
  for (const type of ['text/csv', 'application/x-ndjson', 'application/jsonl'])
    fastify.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
}
