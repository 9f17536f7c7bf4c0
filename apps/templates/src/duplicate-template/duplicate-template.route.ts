import { Controller, Headers, Inject, Param, Post, Res } from '@nestjs/common';
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
import { DuplicateBody } from '../template/bodies';
import { showWithFindings } from '../views/shown';
import { TemplateNamed } from '../views/template-named';

@Controller('v1/templates')
@RequireScope('templates')
export class DuplicateTemplateRoute {
  constructor(
    @Inject(DraftTemplate) private readonly draft: DraftTemplate,
    @Inject(TemplateNamed) private readonly named: TemplateNamed,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post(':id/duplicate')
  @Describe({ summary: 'Drafts the same words under another name, language or business account', idempotent: true })
  async post(
    @CallerParam() caller: Caller,
    @Param('id') raw: string,
    @BodyOf(DuplicateBody) body: z.infer<typeof DuplicateBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('idempotency-key') key?: string,
  ): Promise<unknown> {
    const { id, shown } = await this.named(caller, raw);
    const words = { businessAccountId: shown.accountId, ...(shown.revision ?? shown.definition) };
    const kept = await this.idempotent(caller, `templates:${id}`, key, body, async () => {
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const copy = await this.draft({ ...words, ...given }, askedBy(caller));
      return { status: 201, body: showWithFindings(await this.named(caller, copy)) };
    });
    return answer(reply, kept);
  }
}
