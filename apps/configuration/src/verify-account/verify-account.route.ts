import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { WebhookBy } from '@postrider/event-contracts';
import {
  askedBy,
  BodyOf,
  type Caller,
  CallerParam,
  Describe,
  parseId,
  Problem,
  RequireScope,
} from '@postrider/service-host';
import { z } from 'zod';
import type { CheckAccount } from '../recording/check-account';
import { ConfiguredViews } from '../views/configured';
import { ShowAccount } from '../views/shown';

export const VerifyAccount = Symbol('VerifyAccount');

/** `webhook` moves the account's webhooks to an address of its own, or to the app's. */
const Body = z.strictObject({ webhook: WebhookBy.optional() }).default({});

@Controller('v1/business-accounts')
@RequireScope('configure')
export class VerifyAccountRoute {
  constructor(
    @Inject(VerifyAccount) private readonly checkAccount: CheckAccount,
    @Inject(ConfiguredViews) private readonly views: ConfiguredViews,
    @Inject(ShowAccount) private readonly showAccount: ShowAccount,
  ) {}

  @Post(':id/verify')
  @HttpCode(200)
  @Describe({ summary: 'Checks a connected account at Meta, takes its numbers in step and subscribes its webhook' })
  async verify(
    @CallerParam() caller: Caller,
    @Param('id') raw: string,
    @BodyOf(Body) { webhook }: z.infer<typeof Body>,
  ): Promise<unknown> {
    const id = parseId(raw, 'business account');
    const row = await this.views.one('business-account', caller.workspaceId, id);
    if (!row) throw new Problem('not-found', 'There is no business account with this id.');
    await this.checkAccount(row.state, askedBy(caller), true, { webhookBy: webhook });
    return this.showAccount(caller.workspaceId, id);
  }
}
