import { Controller, Get, Inject } from '@nestjs/common';
import { CallerParam, Describe, QueryOf, RequireScope, type Caller } from '@postrider/service-host';
import { ReadingsQuery, ShowReadings } from './show-readings.handler';

@Controller('v1/readings')
@RequireScope('operate')
export class ShowReadingsRoute {
  constructor(@Inject(ShowReadings) private readonly showReadings: ShowReadings) {}

  @Get()
  @Describe({ summary: 'Lists who was shown what names or quotes people, and when: ids alone, the newest first' })
  list(@CallerParam() caller: Caller, @QueryOf(ReadingsQuery) query: ReadingsQuery): Promise<unknown> {
    return this.showReadings(caller, query);
  }
}
