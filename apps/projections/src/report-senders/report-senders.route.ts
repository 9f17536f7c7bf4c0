import { Controller, Get, Inject } from '@nestjs/common';
import { CallerParam, Describe, RequireScope, type Caller } from '@postrider/service-host';
import { ReportSenders } from './report-senders.handler';

@Controller('v1/reports/senders')
@RequireScope('read')
export class ReportSendersRoute {
  constructor(@Inject(ReportSenders) private readonly reportSenders: ReportSenders) {}

  @Get()
  @Describe({ summary: 'Shows how able each number is to send, how busy it is, and when Meta last told of it' })
  report(@CallerParam() caller: Caller): Promise<unknown> {
    return this.reportSenders(caller.workspaceId);
  }
}
