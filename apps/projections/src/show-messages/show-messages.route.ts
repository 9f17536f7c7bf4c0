import { Controller, Get, Inject, Param } from '@nestjs/common';
import { CallerParam, Describe, parseId, Problem, QueryOf, RequireScope, type Caller } from '@postrider/service-host';
import { idsOf, NoteReading } from '../note-reading';
import { seesPeople } from '../sees-people';
import { ListMessages, MessagesQuery } from './list-messages.handler';
import { ShowMessage } from './show-message.handler';

@Controller('v1/messages')
@RequireScope('read')
export class ShowMessagesRoute {
  constructor(
    @Inject(ShowMessage) private readonly showMessage: ShowMessage,
    @Inject(ListMessages) private readonly listMessages: ListMessages,
    @Inject(NoteReading) private readonly note: NoteReading,
  ) {}

  @Get()
  @Describe({ summary: 'Lists messages, the newest first' })
  async list(@CallerParam() caller: Caller, @QueryOf(MessagesQuery) query: MessagesQuery): Promise<unknown> {
    const messages = await this.listMessages(query, seesPeople(caller));
    this.note(caller, 'message', idsOf(messages));
    return messages;
  }

  @Get(':id')
  @Describe({ summary: 'Shows everything about one message' })
  async show(@CallerParam() caller: Caller, @Param('id') raw: string): Promise<unknown> {
    const message = await this.showMessage(parseId(raw, 'message'), seesPeople(caller));
    if (message === undefined) throw new Problem('not-found', 'There is no message with this id.');
    this.note(caller, 'message', [message.id]);
    return message;
  }
}
