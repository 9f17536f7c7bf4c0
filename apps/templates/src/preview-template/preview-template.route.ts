import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  checkSendComponents,
  componentsFrom,
  renderTemplate,
  SendComponents,
  type SendComponent,
} from '@postrider/cloud-api-payloads';
import { BodyOf, CallerParam, Describe, Problem, RequireScope, type Caller } from '@postrider/service-host';
import { z } from 'zod';
import { inMetasSpelling } from '../template/meta-spelling';
import { TemplateNamed } from '../views/template-named';

const Value = z.union([z.string(), z.number(), z.boolean()]);
const Body = z
  .strictObject({
    /** A list for positional variables, an object for named ones. */
    variables: z.union([z.array(Value).max(100), z.record(z.string(), Value)]).optional(),
    /** Or the components of a send, in Meta's spelling. */
    components: SendComponents.optional(),
    /** Shows the words of a revision that is not submitted yet. */
    revision: z.boolean().default(false),
  })
  .refine(({ variables, components }) => variables === undefined || components === undefined, {
    message: 'give variables or components, not both',
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
    const components = body.components ?? filled(definition, body.variables);
    const problems = checkSendComponents(definition, components);
    if (problems.length > 0) throw mismatch(problems);
    return { rendered: renderTemplate(definition, components), components };
  }
}

function filled(
  definition: ReturnType<typeof inMetasSpelling>,
  variables: z.infer<typeof Body>['variables'],
): SendComponent[] {
  const made = componentsFrom(definition, variables ?? []);
  if (made.ok) return made.components;
  throw mismatch(made.problems);
}

function mismatch(problems: readonly { path: string; message: string }[]): Problem {
  const errors = problems.map(({ path, message }) => ({ path, message }));
  return new Problem('parameters-mismatch', 'The values do not fit the template.', { errors });
}
