import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { askedBy, type Caller, CallerParam, Describe, RequireScope } from '@postrider/service-host';
import { showWithFindings } from '../views/shown';
import { TemplateNamed } from '../views/template-named';
import { SubmitTemplate } from './submit-template.handler';

@Controller('v1/templates')
@RequireScope('templates')
export class SubmitTemplateRoute {
  constructor(
    @Inject(SubmitTemplate) private readonly submit: SubmitTemplate,
    @Inject(TemplateNamed) private readonly named: TemplateNamed,
  ) {}

  @Post(':id/submit')
  @HttpCode(202)
  @Describe({ summary: "Hands a template to Meta's review; 422 with the findings while one of severity error stands" })
  async post(@CallerParam() caller: Caller, @Param('id') id: string): Promise<unknown> {
    await this.submit(await this.named(caller, id), askedBy(caller));
    return showWithFindings(await this.named(caller, id));
  }
}
