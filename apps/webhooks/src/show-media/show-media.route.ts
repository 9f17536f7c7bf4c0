import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { CallerParam, Describe, Problem, RequireScope, ShowsPeople, type Caller } from '@postrider/service-host';
import type { FastifyReply } from 'fastify';
import { ShowMedia } from './show-media.handler';

/** What a browser may show; anything else a person sent is only to be saved. */
const shown = /^(image\/(png|jpeg|webp|gif)|audio\/[\w.+-]+|video\/[\w.+-]+)\b/;

@Controller('v1/media')
@RequireScope('personal')
@ShowsPeople('media')
export class ShowMediaRoute {
  constructor(@Inject(ShowMedia) private readonly showMedia: ShowMedia) {}

  @Get(':id')
  @Describe({ summary: "A file that a person sent, by Meta's id of it" })
  async show(
    @CallerParam() { workspaceId }: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const file = await this.showMedia(workspaceId, id);
    if (file === undefined) throw new Problem('not-found', 'There is no such file, or it has not been fetched yet.');
    const safe = shown.test(file.mimeType);
    void reply
      .type(safe ? file.mimeType : 'application/octet-stream')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', 'sandbox')
      .header('content-disposition', safe ? 'inline' : 'attachment')
      .header('cache-control', 'private, max-age=3600');
    return file.bytes;
  }
}
