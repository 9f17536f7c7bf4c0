import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CallerParam, parseBody, parseId, problemOf, RequireScope, type Caller } from '@postrider/service-host';
import { z } from 'zod';
import type { ResolveMessages } from './resolve-message.handler';

export const ResolveMessagesToken = Symbol('ResolveMessages');

const outcome = z.enum(['resend', 'give-up']);
const ResolveBody = z.strictObject({ outcome });
const ResolveManyBody = z.strictObject({
  outcome,
  /** An empty one means every message whose outcome is unknown. */
  filter: z.strictObject({
    channelId: z.uuid().optional(),
    senderId: z.uuid().optional(),
    ids: z.array(z.uuid()).max(1_000).optional(),
  }),
});

@Controller('v1/messages')
@RequireScope('operate')
export class ResolveMessageRoute {
  constructor(@Inject(ResolveMessagesToken) private readonly resolve: ResolveMessages) {}

  @Post('resolve')
  @HttpCode(200)
  async many(@CallerParam() caller: Caller, @Body() raw: unknown) {
    const { outcome, filter } = parseBody(ResolveManyBody, raw);
    return { resolved: await this.resolve.many(caller, filter, outcome) };
  }

  @Post(':id/resolve')
  @HttpCode(200)
  async one(@CallerParam() caller: Caller, @Param('id') id: string, @Body() raw: unknown) {
    const { outcome } = parseBody(ResolveBody, raw);
    const result = await this.resolve.one(caller, parseId(id, 'message'), outcome);
    if ('refused' in result) throw problemOf(result);
    return { id, state: result.phase };
  }
}
