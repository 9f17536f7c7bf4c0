import { Controller, Headers, HttpCode, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { CampaignDesign } from '@postrider/event-contracts';
import {
  answer,
  BodyOf,
  CallerParam,
  Describe,
  Idempotent,
  parseId,
  RequireScope,
  type Caller,
} from '@postrider/service-host';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { ShowCampaignsToken } from '../campaign/tokens';
import type { ShowCampaigns } from '../campaign/show-campaigns';
import type { DraftCampaign } from './draft-campaign.handler';

export const DraftCampaignToken = Symbol('DraftCampaign');

const Changes = CampaignDesign.partial();

@Controller('v1/campaigns')
@RequireScope('send')
export class DraftCampaignRoute {
  constructor(
    @Inject(DraftCampaignToken) private readonly campaigns: DraftCampaign,
    @Inject(ShowCampaignsToken) private readonly show: ShowCampaigns,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post()
  @HttpCode(201)
  @Describe({ summary: 'Drafts a campaign', idempotent: true })
  async draft(
    @CallerParam() caller: Caller,
    @Headers('idempotency-key') key: string | undefined,
    @BodyOf(CampaignDesign) design: CampaignDesign,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const kept = await this.idempotent(caller, 'campaigns', key, design, async (id) => {
      await this.campaigns.draft(caller, id, design);
      return { status: 201, body: await this.show.one(caller, id) };
    });
    return answer(reply, kept);
  }

  @Patch(':id')
  @Describe({ summary: 'Changes a campaign that has not been launched; an approval no longer counts' })
  async revise(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @BodyOf(Changes) changes: z.infer<typeof Changes>,
  ) {
    await this.campaigns.revise(caller, parseId(id, 'campaign'), changes);
    return this.show.one(caller, id);
  }
}
