import { callerOf, parseQuery, Problem, requireScope } from '@postrider/service-host';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { refusedByMeta } from '../meta/refused-by-meta';
import type { MetaOfAccount } from '../recording/meta-of-account';
import type { KnownAccount } from '../views/known-account';

/** What Meta takes as the sample of a header. */
const mimeTypes = ['image/jpeg', 'image/png', 'video/mp4', 'application/pdf'];
const bytesMax = 16 * 1024 * 1024;

const Query = z.strictObject({
  businessAccountId: z.uuid(),
  filename: z.string().trim().min(1).max(240).default('sample'),
});

/** Takes the file itself as the body, and hands it to Meta by a resumable upload; its handle goes into `example.header_handle`. */
export function uploadSamplesRoute(
  fastify: FastifyInstance,
  deps: { knownAccount: KnownAccount; metaOf: MetaOfAccount },
): void {
  for (const mimeType of mimeTypes) {
    fastify.addContentTypeParser(mimeType, { parseAs: 'buffer', bodyLimit: bytesMax }, (_request, body, done) =>
      done(null, body),
    );
  }
  const described = {
    summary: "Uploads the sample of a template's header; gives the handle for example.header_handle",
    query: Query,
    otherBodies: Object.fromEntries(mimeTypes.map((type) => [type, 'the file itself, up to 16 MB'])),
    answers: { 201: z.object({ handle: z.string() }) },
  };
  const options = { bodyLimit: bytesMax, config: { described } };
  fastify.post('/v1/templates/samples', options, async (request, reply) => {
    const { workspaceId, ...caller } = callerOf(request);
    requireScope({ workspaceId, ...caller }, 'templates');
    const { businessAccountId, filename } = parseQuery(Query, request.query);
    const mimeType = request.headers['content-type']?.split(';')[0]?.trim() ?? '';
    if (!mimeTypes.includes(mimeType)) {
      throw new Problem('unsupported-media-type', `A sample is ${mimeTypes.join(', ')}.`);
    }
    const bytes = request.body as Buffer | undefined;
    if (!bytes || bytes.length === 0) throw new Problem('malformed', 'The body is empty: send the file itself.');
    const { id } = await deps.knownAccount(workspaceId, businessAccountId);
    const meta = await deps.metaOf(id);
    if (!meta) throw new Problem('conflict', 'The business account is not connected any more.');
    const handle = await meta.uploadSample({ filename, mimeType, bytes }).catch(refusedByMeta);
    return reply.status(201).send({ handle });
  });
}
