import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { askedBy, type Caller, CallerParam, Describe, RequireScope } from '@postrider/service-host';
import { showTemplate } from '../views/shown';
import { TemplateNamed } from '../views/template-named';
import { UnpauseTemplate } from './unpause-template.handler';

@Controller('v1/templates')
@RequireScope('templates')
export class UnpauseTemplateRoute {
  constructor(
    @Inject(UnpauseTemplate) private readonly unpause: UnpauseTemplate,
    @Inject(TemplateNamed) private readonly named: TemplateNamed,
  ) {}

  @Post(':id/unpause')
  @HttpCode(200)
  @Describe({ summary: 'Asks Meta to lift a pause; after pacing one does not end by itself' })
  async post(@CallerParam() caller: Caller, @Param('id') id: string): Promise<unknown> {
    await this.unpause(await this.named(caller, id), askedBy(caller));
    return showTemplate(await this.named(caller, id));
  }
}
