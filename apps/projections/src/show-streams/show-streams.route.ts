import { Controller, Get, Inject } from '@nestjs/common';
import { Describe, RequireScope } from '@postrider/service-host';
import { ShowStreams } from './show-streams.handler';

@Controller('v1/streams')
@RequireScope('operate')
export class ShowStreamsRoute {
  constructor(@Inject(ShowStreams) private readonly showStreams: ShowStreams) {}

  @Get()
  @Describe({ summary: "Shows each reader's lag and the keys that are parked, of every service" })
  list(): Promise<unknown> {
    return this.showStreams();
  }
}
