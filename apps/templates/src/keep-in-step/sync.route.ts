import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { askedBy, BodyOf, type Caller, CallerParam, Describe, RequireScope } from '@postrider/service-host';
import { z } from 'zod';
import { KnownAccount } from '../views/known-account';
import { TemplateViews } from '../views/templates';
import type { SyncAccount } from './sync-account';

export const SyncAccountToken = Symbol('SyncAccount');
const Body = z.strictObject({ businessAccountId: z.uuid().optional() }).default({});

@Controller('v1/templates')
@RequireScope('templates')
export class SyncRoute {
  constructor(
    @Inject(SyncAccountToken) private readonly syncAccount: SyncAccount,
    @Inject(TemplateViews) private readonly views: TemplateViews,
    @Inject(KnownAccount) private readonly knownAccount: KnownAccount,
  ) {}

  @Post('sync')
  @HttpCode(200)
  @Describe({ summary: "Takes one account's, or every account's, templates in step with Meta" })
  async post(@CallerParam() caller: Caller, @BodyOf(Body) body: z.infer<typeof Body>): Promise<unknown> {
    const { businessAccountId: id } = body;
    const { workspaceId } = caller;
    const accounts =
      id === undefined ? await this.views.accounts(workspaceId) : [await this.knownAccount(workspaceId, id)];
    const results = [];
    for (const account of accounts) {
      const synced = await this.syncAccount(account, askedBy(caller));
      if (synced) results.push({ businessAccountId: account.id, ...synced });
    }
    return { data: results };
  }
}
