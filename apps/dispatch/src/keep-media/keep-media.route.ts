import { Controller, Headers, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import '@fastify/multipart';
import { limits, mediaKindOf } from '@postrider/cloud-api-payloads';
import { answer, CallerParam, Idempotent, Problem, RequireScope, type Caller } from '@postrider/service-host';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MediaStore } from '../media/media-store';

export const MediaStoreToken = Symbol('MediaStore');

export const largestFile = limits.mediaBytes.document;

@Controller('v1/media')
@RequireScope('send')
export class KeepMediaRoute {
  constructor(
    @Inject(MediaStoreToken) private readonly store: MediaStore,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post()
  @HttpCode(201)
  async upload(
    @CallerParam() caller: Caller,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const file = request.isMultipart() ? await request.file() : undefined;
    if (file === undefined) throw notAFile();
    const { mimetype: mimeType, filename } = file;
    const draft = await this.store.write(file.file, limits.mediaBytes[mediaKindOf(mimeType)]);
    if (draft === undefined) throw new Problem('too-large', `Meta takes no ${mimeType} file of this size.`);
    if (draft.bytes === 0) throw notAFile();
    const said = { sha256: draft.sha256, mimeType };
    const kept = await this.idempotent(caller, 'media', key, said, async () => {
      const info = await this.store.keep(caller.workspaceId, draft, { mimeType, ...(filename ? { filename } : {}) });
      const { id, sha256, expiresAt } = info;
      return { status: 201, body: { id, sha256, mimeType, expiresAt: expiresAt.toISOString() } };
    });
    if ((kept.body as { id?: string }).id !== draft.id) await this.store.discard(draft);
    return answer(reply, kept);
  }
}

const notAFile = (): Problem =>
  new Problem('malformed', 'The body is not multipart/form-data with a file in the field "file".', {
    errors: [{ path: 'file', message: 'a file is needed' }],
  });
