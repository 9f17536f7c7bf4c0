import { Controller, Get, Inject } from '@nestjs/common';
import { CallerParam, Describe, QueryOf, RequireScope, type Caller } from '@postrider/service-host';
import { AlarmsQuery, ShowAlarms } from './show-alarms.handler';

@Controller('v1/alarms')
@RequireScope('read')
export class ShowAlarmsRoute {
  constructor(@Inject(ShowAlarms) private readonly showAlarms: ShowAlarms) {}

  @Get()
  @Describe({ summary: 'Lists what needs an operator' })
  list(@CallerParam() caller: Caller, @QueryOf(AlarmsQuery) query: AlarmsQuery): Promise<unknown> {
    return this.showAlarms(caller.workspaceId, query);
  }
}
