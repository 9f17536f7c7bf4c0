import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { isRefusal } from '@postrider/decider';
import {
  askedBy,
  BodyOf,
  type Caller,
  CallerParam,
  Describe,
  parseId,
  Problem,
  problemOf,
  RequireScope,
} from '@postrider/service-host';
import { z } from 'zod';
import { MetaId, Secret } from '../fields';
import { ConfiguredViews } from '../views/configured';
import { ShowAccount } from '../views/shown';
import { RotateCredentials } from './rotate-credentials.handler';

const Body = z.strictObject({ accessToken: Secret, appSecret: Secret.optional(), appId: MetaId.optional() });

@Controller('v1/business-accounts')
@RequireScope('configure')
export class RotateCredentialsRoute {
  constructor(
    @Inject(RotateCredentials) private readonly rotateCredentials: RotateCredentials,
    @Inject(ConfiguredViews) private readonly views: ConfiguredViews,
    @Inject(ShowAccount) private readonly showAccount: ShowAccount,
  ) {}

  @Post(':id/credentials')
  @HttpCode(200)
  @Describe({ summary: 'Takes a new token or app secret; the ones before stay good for a day' })
  async rotate(
    @CallerParam() caller: Caller,
    @Param('id') raw: string,
    @BodyOf(Body) body: z.infer<typeof Body>,
  ): Promise<unknown> {
    const id = parseId(raw, 'business account');
    const row = await this.views.one('business-account', caller.workspaceId, id);
    if (!row) throw new Problem('not-found', 'There is no business account with this id.');
    const rotated = await this.rotateCredentials(row.state, body, askedBy(caller));
    if (isRefusal(rotated)) throw problemOf(rotated, 'checks' in rotated ? { checks: rotated.checks } : {});
    return this.showAccount(caller.workspaceId, id);
  }
}
