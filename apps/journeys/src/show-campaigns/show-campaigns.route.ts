import { Controller, Get, Inject, Param } from '@nestjs/common';
import { CallerParam, Describe, pageQuery, parseId, QueryOf, RequireScope, type Caller } from '@postrider/service-host';
import { z } from 'zod';
import { ShowCampaignsToken } from '../campaign/tokens';
import type { ShowCampaigns } from '../campaign/show-campaigns';

const ListQuery = pageQuery.extend({
  state: z.enum(['draft', 'approved', 'scheduled', 'running', 'paused', 'stopped', 'finished']).optional(),
});

@Controller('v1/campaigns')
@RequireScope('read')
export class ShowCampaignsRoute {
  constructor(@Inject(ShowCampaignsToken) private readonly show: ShowCampaigns) {}

  @Get()
  @Describe({ summary: 'Lists campaigns, the newest first' })
  async list(@CallerParam() caller: Caller, @QueryOf(ListQuery) query: z.infer<typeof ListQuery>) {
    return this.show.list(caller, query);
  }

  @Get(':id')
  @Describe({ summary: 'Shows a campaign with its progress, forecast and cost' })
  async one(@CallerParam() caller: Caller, @Param('id') id: string) {
    return this.show.one(caller, parseId(id, 'campaign'));
  }
}
