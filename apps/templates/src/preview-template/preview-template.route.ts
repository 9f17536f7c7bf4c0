import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { checkSendComponents, renderTemplate, SendComponents } from '@postrider/cloud-api-payloads';
import { BodyOf, CallerParam, Describe, RequireScope, type Caller } from '@postrider/service-host';
import { z } from 'zod';
import { inMetasSpelling } from '../template/meta-spelling';
import { TemplateNamed } from '../views/template-named';
import { filled, mismatch } from './filled';

const Value = z.union([z.string(), z.number(), z.boolean()]);
const Body = z
  .strictObject({
    /** A list for positional variables, an object for named ones; with `data`, in Liquid over it. */
    variables: z.union([z.array(Value).max(100), z.record(z.string(), Value)]).optional(),
    data: z.record(z.string(), z.unknown()).optional(),
    /** Or the components of a send, in Meta's spelling. */
    components: SendComponents.optional(),
    /** Shows the words of a revision that is not submitted yet. */
    revision: z.boolean().default(false),
  })
  .refine(({ variables, data, components }) => components === undefined || (variables ?? data) === undefined, {
    message: 'give variables or data, or components, not both',
    path: ['components'],
  });

@Controller('v1/templates')
@RequireScope('read')
export class PreviewTemplateRoute {
  constructor(@Inject(TemplateNamed) private readonly named: TemplateNamed) {}

  @Post(':id/preview')
  @HttpCode(200)
  @Describe({ summary: 'The message as a person would see it; a missing value is named' })
  async post(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @BodyOf(Body) body: z.infer<typeof Body>,
  ): Promise<unknown> {
    const { shown } = await this.named(caller, id);
    const definition = inMetasSpelling(body.revision ? (shown.revision ?? shown.definition) : shown.definition);
    const components = body.components ?? filled(definition, body);
    const problems = checkSendComponents(definition, components);
    if (problems.length > 0) throw mismatch(problems);
    return { rendered: renderTemplate(definition, components), components };
  }
}
