import { Controller, Delete, Headers, HttpCode, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import {
  answer,
  askedBy,
  BodyOf,
  type Caller,
  CallerParam,
  Describe,
  Idempotent,
  RequireScope,
} from '@postrider/service-host';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { DraftTemplate } from '../recording/draft-template';
import { DraftBody, ReviseBody } from '../template/bodies';
import { TemplateNamed } from '../views/template-named';
import { showWithFindings } from '../views/shown';
import { WriteTemplates } from './write-templates.handler';

@Controller('v1/templates')
@RequireScope('templates')
export class WriteTemplatesRoute {
  constructor(
    @Inject(DraftTemplate) private readonly draft: DraftTemplate,
    @Inject(WriteTemplates) private readonly write: WriteTemplates,
    @Inject(TemplateNamed) private readonly named: TemplateNamed,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post()
  @Describe({ summary: 'Drafts a template and says what Meta would find', idempotent: true })
  async post(
    @CallerParam() caller: Caller,
    @BodyOf(DraftBody) body: z.infer<typeof DraftBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('idempotency-key') key?: string,
  ): Promise<unknown> {
    const kept = await this.idempotent(caller, 'templates', key, body, async (requestId) => {
      const id = await this.draft(body, askedBy(caller, requestId));
      return { status: 201, body: showWithFindings(await this.named(caller, id)) };
    });
    return answer(reply, kept);
  }

  @Patch(':id')
  @Describe({ summary: "Revises a template; an approved one's words stay in force until the new ones are submitted" })
  async patch(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @BodyOf(ReviseBody) body: z.infer<typeof ReviseBody>,
  ): Promise<unknown> {
    await this.write.revise(await this.named(caller, id), body, askedBy(caller));
    return showWithFindings(await this.named(caller, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({ summary: 'Deletes a template, at Meta too', answers: { 204: 'It is gone' } })
  async delete(@CallerParam() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.write.remove(await this.named(caller, id), askedBy(caller));
  }
}
