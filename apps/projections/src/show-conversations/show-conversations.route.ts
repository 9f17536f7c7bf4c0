import { Controller, Get, Inject, Param } from '@nestjs/common';
import {
  CallerParam,
  Describe,
  parseId,
  Problem,
  QueryOf,
  RequireScope,
  ShowsPeople,
  type Caller,
} from '@postrider/service-host';
import { seesPeople } from '../sees-people';
import { ConversationsQuery, ShowConversations } from './show-conversations.handler';

@Controller('v1/conversations')
@RequireScope('read')
@ShowsPeople('conversation')
export class ShowConversationsRoute {
  constructor(@Inject(ShowConversations) private readonly conversations: ShowConversations) {}

  @Get()
  @Describe({ summary: 'Lists conversations, the one with the newest words first' })
  async list(@CallerParam() caller: Caller, @QueryOf(ConversationsQuery) query: ConversationsQuery): Promise<unknown> {
    return this.conversations.list(query, seesPeople(caller));
  }

  @Get(':id')
  @Describe({ summary: 'Shows a conversation: its window and its transcript' })
  async show(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const id = parseId(raw, 'conversation');
    const conversation = await this.conversations.show(id, seesPeople(caller));
    if (conversation === undefined) throw new Problem('not-found', 'There is no conversation with this id.');
    return conversation;
  }
}
