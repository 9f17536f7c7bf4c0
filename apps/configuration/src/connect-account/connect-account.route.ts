import { Controller, Headers, Inject, Post, Res } from '@nestjs/common';
import { isRefusal } from '@postrider/decider';
import { WebhookBy } from '@postrider/event-contracts';
import {
  answer,
  askedBy,
  BodyOf,
  type Caller,
  CallerParam,
  Describe,
  Idempotent,
  problemOf,
  RequireScope,
} from '@postrider/service-host';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { MetaId, Secret } from '../fields';
import { ShowAccount } from '../views/shown';
import { ConnectAccount } from './connect-account.handler';

const Body = z.strictObject({
  name: z.string().trim().min(1).max(100),
  wabaId: MetaId,
  accessToken: Secret,
  appId: MetaId,
  /** Without it no webhook could be told from a forged one. */
  appSecret: Secret,
  graphUrl: z.string().max(500).default('https://graph.facebook.com'),
  /** The version or date of Meta's messaging and commerce policies that were read. */
  policyAcknowledged: z.union([z.boolean(), z.string().trim().min(1).max(200)]).optional(),
  /** By an address of this account, beside whatever the app has, or by the app's own for all its accounts. */
  webhook: WebhookBy.default('account'),
});

@Controller('v1/business-accounts')
@RequireScope('configure')
export class ConnectAccountRoute {
  constructor(
    @Inject(ConnectAccount) private readonly connectAccount: ConnectAccount,
    @Inject(ShowAccount) private readonly showAccount: ShowAccount,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post()
  @Describe({ summary: 'Connects a business account', idempotent: true })
  async post(
    @CallerParam() caller: Caller,
    @BodyOf(Body) body: z.infer<typeof Body>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('idempotency-key') key?: string,
  ): Promise<unknown> {
    const kept = await this.idempotent(caller, 'business-accounts', key, body, async (requestId) => {
      const connected = await this.connectAccount(body, askedBy(caller, requestId));
      if (isRefusal(connected)) throw problemOf(connected, 'checks' in connected ? { checks: connected.checks } : {});
      return { status: 201, body: await this.showAccount(caller.workspaceId, connected.accountId) };
    });
    return answer(reply, kept);
  }
}
