import { Controller, Get, Inject } from '@nestjs/common';
import { CallerParam, Describe, QueryOf, RequireScope, type Caller } from '@postrider/service-host';
import { ReportQuery } from '../report-query';
import { ReportDelivery } from './report-delivery.handler';

@Controller('v1/reports/delivery')
@RequireScope('read')
export class ReportDeliveryRoute {
  constructor(@Inject(ReportDelivery) private readonly reportDelivery: ReportDelivery) {}

  @Get()
  @Describe({ summary: 'Counts messages by where they stand; test messages are left out' })
  report(@CallerParam() caller: Caller, @QueryOf(ReportQuery) query: ReportQuery): Promise<unknown> {
    return this.reportDelivery(caller.workspaceId, query);
  }
}
