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
import { ListMessages, MessagesQuery } from './list-messages.handler';
import { ShowMessage } from './show-message.handler';

@Controller('v1/messages')
@RequireScope('read')
@ShowsPeople('message')
export class ShowMessagesRoute {
  constructor(
    @Inject(ShowMessage) private readonly showMessage: ShowMessage,
    @Inject(ListMessages) private readonly listMessages: ListMessages,
  ) {}

  @Get()
  @Describe({ summary: 'Lists messages, the newest first' })
  async list(@CallerParam() caller: Caller, @QueryOf(MessagesQuery) query: MessagesQuery): Promise<unknown> {
    return this.listMessages(query, seesPeople(caller));
  }

  @Get(':id')
  @Describe({ summary: 'Shows everything about one message' })
  async show(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const message = await this.showMessage(parseId(raw, 'message'), seesPeople(caller));
    if (message === undefined) throw new Problem('not-found', 'There is no message with this id.');
    return message;
  }
}
