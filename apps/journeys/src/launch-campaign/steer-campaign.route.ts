import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { BodyOf, CallerParam, Describe, parseId, RequireScope, type Caller } from '@postrider/service-host';
import { z } from 'zod';
import { ShowCampaignsToken } from '../campaign/tokens';
import type { ShowCampaigns } from '../campaign/show-campaigns';
import type { SteerCampaign } from './steer-campaign.handler';

export const SteerCampaignToken = Symbol('SteerCampaign');

const LaunchBody = z
  .strictObject({ startAt: z.string().max(40).optional(), timeZone: z.string().max(60).optional() })
  .default({});
const WhyBody = z.strictObject({ because: z.string().min(1).max(200).optional() }).default({});
type WhyBody = z.infer<typeof WhyBody>;

@Controller('v1/campaigns')
@RequireScope('send')
export class SteerCampaignRoute {
  constructor(
    @Inject(SteerCampaignToken) private readonly steer: SteerCampaign,
    @Inject(ShowCampaignsToken) private readonly show: ShowCampaigns,
  ) {}

  @Post(':id/approve')
  @HttpCode(200)
  @RequireScope('approve')
  @Describe({ summary: 'Approves a campaign that another key wrote' })
  async approve(@CallerParam() caller: Caller, @Param('id') id: string) {
    return this.after(caller, id, (campaign) => this.steer.approve(caller, campaign));
  }

  @Post(':id/launch')
  @HttpCode(200)
  @Describe({ summary: 'Launches a campaign, now or at a minute' })
  async launch(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @BodyOf(LaunchBody) at: z.infer<typeof LaunchBody>,
  ) {
    return this.after(caller, id, (campaign) => this.steer.launch(caller, campaign, at));
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Describe({ summary: 'Pauses a campaign' })
  async pause(@CallerParam() caller: Caller, @Param('id') id: string, @BodyOf(WhyBody) { because }: WhyBody) {
    return this.after(caller, id, (campaign) => this.steer.pause(caller, campaign, because));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Describe({ summary: 'Resumes a paused campaign' })
  async resume(@CallerParam() caller: Caller, @Param('id') id: string) {
    return this.after(caller, id, (campaign) => this.steer.resume(caller, campaign));
  }

  @Post(':id/stop')
  @HttpCode(200)
  @Describe({ summary: 'Stops a campaign for good' })
  async stop(@CallerParam() caller: Caller, @Param('id') id: string, @BodyOf(WhyBody) { because }: WhyBody) {
    return this.after(caller, id, (campaign) => this.steer.stop(caller, campaign, because));
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Describe({ summary: 'Sends what failed, and only that, once more' })
  async retry(@CallerParam() caller: Caller, @Param('id') id: string) {
    return this.after(caller, id, (campaign) => this.steer.retry(caller, campaign));
  }

  private async after(caller: Caller, id: string, steer: (campaignId: string) => Promise<void>) {
    const campaignId = parseId(id, 'campaign');
    await steer(campaignId);
    return this.show.one(caller, campaignId);
  }
}
