import { Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { Clock } from '@postrider/decider';
import { Instant, Scope } from '@postrider/event-contracts';
import {
  answer,
  BodyOf,
  CallerParam,
  Describe,
  Idempotent,
  pageQuery,
  parseId,
  QueryOf,
  RequireScope,
  type Caller,
} from '@postrider/service-host';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ConfiguredViews } from '../views/configured';
import { pageThrough } from '../views/page-through';
import { LastUses, showApiKey } from '../views/shown-api-key';
import { KeepApiKeys } from './keep-api-keys.handler';

export const ApiKeyBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(Scope)
    .min(1)
    .refine((scopes) => new Set(scopes).size === scopes.length, 'each scope once'),
  expiresAt: Instant.optional(),
});

const daySeconds = 86_400;
const RotateBody = z
  .strictObject({
    /** How long the secret before goes on working. */
    overlapSeconds: z
      .number()
      .int()
      .min(0)
      .max(30 * daySeconds)
      .default(daySeconds),
  })
  .default({ overlapSeconds: daySeconds });

export const ApiKeysClock = Symbol('ApiKeysClock');

@Controller('v1/api-keys')
@RequireScope('configure')
export class ApiKeysRoute {
  constructor(
    @Inject(KeepApiKeys) private readonly apiKeys: KeepApiKeys,
    @Inject(ConfiguredViews) private readonly views: ConfiguredViews,
    @Inject(LastUses) private readonly lastUses: LastUses,
    @Inject(ApiKeysClock) private readonly clock: Clock,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post()
  @Describe({ summary: 'Makes an API key; its secret is in this answer and nowhere else', idempotent: true })
  async post(
    @CallerParam() caller: Caller,
    @BodyOf(ApiKeyBody) body: z.infer<typeof ApiKeyBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('idempotency-key') key?: string,
  ): Promise<unknown> {
    const kept = await this.idempotent(caller, 'api-keys', key, body, async (id) => ({
      status: 201,
      body: await this.apiKeys.create(id, body, caller),
    }));
    return answer(reply, this.apiKeys.opened(kept));
  }

  @Get()
  @Describe({ summary: 'The API keys with their last use; secrets are not shown again' })
  async list(@CallerParam() caller: Caller, @QueryOf(pageQuery) query: z.infer<typeof pageQuery>): Promise<unknown> {
    const uses = await this.lastUses();
    return pageThrough(this.views, 'api-key', caller.workspaceId, query, (row) =>
      showApiKey(row, uses, this.clock.now()),
    );
  }

  @Get(':id')
  @Describe({ summary: 'One API key' })
  one(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    return this.apiKeys.one(parseId(raw, 'API key'), caller);
  }

  @Post(':id/rotate')
  @Describe({ summary: 'Gives a key a new secret; the one before goes on for the overlap', idempotent: true })
  async rotate(
    @CallerParam() caller: Caller,
    @Param('id') raw: string,
    @BodyOf(RotateBody) body: z.infer<typeof RotateBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('idempotency-key') key?: string,
  ): Promise<unknown> {
    const id = parseId(raw, 'API key');
    const kept = await this.idempotent(caller, `api-keys:${id}`, key, body, async () => ({
      status: 200,
      body: await this.apiKeys.rotate(id, body.overlapSeconds, caller),
    }));
    return answer(reply, this.apiKeys.opened(kept));
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({ summary: 'Revokes an API key, for good', answers: { 204: 'Nobody gets in with it any more' } })
  async delete(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<void> {
    await this.apiKeys.revoke(parseId(raw, 'API key'), caller);
  }
}
