import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CallerParam, Describe, parseId, RequireScope, type Caller } from '@postrider/service-host';
import type { TendConversations } from './tend-conversations.handler';

export const TendConversationsToken = Symbol('TendConversations');

@Controller('v1/conversations')
@RequireScope('send')
export class TendConversationsRoute {
  constructor(@Inject(TendConversationsToken) private readonly tend: TendConversations) {}

  @Post(':id/read')
  @HttpCode(200)
  @Describe({ summary: 'Shows the person that what they wrote was read; answers until when they may be written to' })
  async read(@CallerParam() caller: Caller, @Param('id') id: string) {
    return this.tend.read(caller, parseId(id, 'conversation'));
  }

  @Post(':id/typing')
  @HttpCode(200)
  @Describe({ summary: 'Shows the person for up to 25 seconds that somebody is writing; within the window' })
  async typing(@CallerParam() caller: Caller, @Param('id') id: string) {
    return this.tend.typing(caller, parseId(id, 'conversation'));
  }
}
