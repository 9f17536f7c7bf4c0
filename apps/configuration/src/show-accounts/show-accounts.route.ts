import { Controller, Get, Inject, Param } from '@nestjs/common';
import {
  CallerParam,
  Describe,
  pageQuery,
  parseId,
  Problem,
  QueryOf,
  RequireScope,
  type Caller,
} from '@postrider/service-host';
import type { z } from 'zod';
import { pageThrough } from '../views/page-through';
import { ConfiguredViews } from '../views/configured';
import { showAccount } from '../views/shown';

@Controller('v1/business-accounts')
@RequireScope('read')
export class ShowAccountsRoute {
  constructor(@Inject(ConfiguredViews) private readonly views: ConfiguredViews) {}

  @Get()
  @Describe({ summary: 'The connected business accounts' })
  list(@CallerParam() caller: Caller, @QueryOf(pageQuery) query: z.infer<typeof pageQuery>): Promise<unknown> {
    return pageThrough(this.views, 'business-account', caller.workspaceId, query, (row) =>
      showAccount(this.views, row),
    );
  }

  @Get(':id')
  @Describe({ summary: 'One business account with its checks and senders' })
  async one(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const row = await this.views.one('business-account', caller.workspaceId, parseId(raw, 'business account'));
    if (!row) throw new Problem('not-found', 'There is no business account with this id.');
    return showAccount(this.views, row);
  }
}
