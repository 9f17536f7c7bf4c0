import { Controller, Get, Inject, Put } from '@nestjs/common';
import { SavedReply } from '@postrider/event-contracts';
import { BodyOf, CallerParam, Describe, RequireScope, type Caller } from '@postrider/service-host';
import { z } from 'zod';
import type { KeepReplies } from './keep-replies.handler';

export const KeepRepliesToken = Symbol('KeepReplies');

const repliesMax = 500;

const RepliesBody = z.strictObject({
  replies: z
    .array(SavedReply)
    .max(repliesMax)
    .refine(
      (replies) => new Set(replies.map(({ name, language = '' }) => `${name} ${language}`)).size === replies.length,
      'a name stands once for each language',
    ),
});

@Controller('v1/replies')
export class KeepRepliesRoute {
  constructor(@Inject(KeepRepliesToken) private readonly keep: KeepReplies) {}

  @Get()
  @RequireScope('read')
  @Describe({ summary: 'Lists the replies that are kept at hand, and their version' })
  async list(@CallerParam() caller: Caller) {
    return this.keep.list(caller);
  }

  @Put()
  @RequireScope('configure')
  @Describe({ summary: 'Says which replies are kept at hand from now on' })
  async put(@CallerParam() caller: Caller, @BodyOf(RepliesBody) body: z.infer<typeof RepliesBody>) {
    return this.keep.put(caller, body.replies);
  }
}
