import { Controller, Get, Inject } from '@nestjs/common';
import { CallerParam, Describe, QueryOf, RequireScope, type Caller } from '@postrider/service-host';
import { ReportTemplates, TemplatesQuery } from './report-templates.handler';

@Controller('v1/reports/templates')
@RequireScope('read')
export class ReportTemplatesRoute {
  constructor(@Inject(ReportTemplates) private readonly reportTemplates: ReportTemplates) {}

  @Get()
  @Describe({ summary: 'Shows each template with its state and how its messages fared' })
  report(@CallerParam() caller: Caller, @QueryOf(TemplatesQuery) query: TemplatesQuery): Promise<unknown> {
    return this.reportTemplates(caller.workspaceId, query);
  }
}
