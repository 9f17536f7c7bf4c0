import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CallerParam, parseBody, parseId, problemOf, RequireScope, type Caller } from '@postrider/service-host';
import { z } from 'zod';
import type { CancelMessage } from './cancel-message.handler';

export const CancelMessageToken = Symbol('CancelMessage');

const CancelBody = z.strictObject({ because: z.string().min(1).max(200).optional() });

@Controller('v1/messages')
@RequireScope('send')
export class CancelMessageRoute {
  constructor(@Inject(CancelMessageToken) private readonly cancel: CancelMessage) {}

  @Post(':id/cancel')
  @HttpCode(200)
  async one(@CallerParam() caller: Caller, @Param('id') id: string, @Body() raw: unknown) {
    const { because } = parseBody(CancelBody, raw ?? {});
    const result = await this.cancel(caller, parseId(id, 'message'), because);
    if ('refused' in result) throw problemOf(result);
    return { id, state: result.phase };
  }
}
