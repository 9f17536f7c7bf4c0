import { Controller, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import {
  answer,
  BodyOf,
  CallerParam,
  Describe,
  Idempotent,
  parseId,
  RequireScope,
  ShowsPeople,
  type Caller,
} from '@postrider/service-host';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { CheckCampaign } from './check-campaign.handler';
import type { SendTest } from './send-test.handler';

export const CheckCampaignToken = Symbol('CheckCampaign');
export const SendTestToken = Symbol('SendTest');

const PreviewBody = z.strictObject({ show: z.number().int().min(0).max(50).default(3) }).default({ show: 3 });
const Person = z.union([
  z.strictObject({ phone: z.string().regex(/\d/, 'a phone number has digits').max(40) }),
  z.strictObject({ userId: z.string().min(1).max(200) }),
]);
const TestBody = z.strictObject({
  to: z.array(Person).min(1).max(20),
  data: z.record(z.string().max(100), z.unknown()).optional(),
  variant: z.string().max(60).optional(),
});

@Controller('v1/campaigns')
@RequireScope('send')
export class CheckCampaignRoute {
  constructor(
    @Inject(CheckCampaignToken) private readonly check: CheckCampaign,
    @Inject(SendTestToken) private readonly test: SendTest,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post(':id/preview')
  @ShowsPeople('preview', { toAll: true })
  @HttpCode(200)
  @Describe({ summary: 'Shows what a campaign would send, to whom not and why, at what cost and until when' })
  async preview(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @BodyOf(PreviewBody) { show }: z.infer<typeof PreviewBody>,
  ) {
    return this.check(caller, parseId(id, 'campaign'), show);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Describe({ summary: 'Sends a campaign to named people as a test', idempotent: true })
  async send(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Headers('idempotency-key') key: string | undefined,
    @BodyOf(TestBody) body: z.infer<typeof TestBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const campaignId = parseId(id, 'campaign');
    const kept = await this.idempotent(caller, `campaign-test:${campaignId}`, key, body, async (testId) => ({
      status: 202,
      body: await this.test(caller, campaignId, testId, body),
    }));
    return answer(reply, kept);
  }
}
