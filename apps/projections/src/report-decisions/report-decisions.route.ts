import { Controller, Get, Inject } from '@nestjs/common';
import { CallerParam, Describe, QueryOf, RequireScope, type Caller } from '@postrider/service-host';
import { ReportQuery } from '../report-query';
import { ReportDecisions } from './report-decisions.handler';

@Controller('v1/reports/decisions')
@RequireScope('read')
export class ReportDecisionsRoute {
  constructor(@Inject(ReportDecisions) private readonly reportDecisions: ReportDecisions) {}

  @Get()
  @Describe({ summary: 'Counts refusals and holds by code' })
  report(@CallerParam() caller: Caller, @QueryOf(ReportQuery) query: ReportQuery): Promise<unknown> {
    return this.reportDecisions(caller.workspaceId, query);
  }
}
