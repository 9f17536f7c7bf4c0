import { Body, Controller, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { answer, CallerParam, Idempotent, parseBody, RequireScope, type Caller } from '@postrider/service-host';
import type { FastifyReply } from 'fastify';
import { answerOf, lineOf } from './answer';
import { BatchBody, MessageBody } from './message-body';
import { messageIds } from './message-ids';
import type { RequestMessages } from './request-messages.handler';

export const RequestMessagesToken = Symbol('RequestMessages');

const origin = { kind: 'api' } as const;

@Controller('v1/messages')
@RequireScope('send')
export class RequestMessageRoute {
  constructor(
    @Inject(RequestMessagesToken) private readonly request: RequestMessages,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post()
  @HttpCode(202)
  async one(
    @CallerParam() caller: Caller,
    @Headers('idempotency-key') key: string | undefined,
    @Body() raw: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const body = parseBody(MessageBody, raw);
    const kept = await this.idempotent(caller, 'messages', key, raw, async (id) => {
      const [result] = await this.request(caller, origin, [{ id, body }]);
      return answerOf(result!);
    });
    return answer(reply, kept);
  }

  @Post('batch')
  @HttpCode(202)
  async batch(
    @CallerParam() caller: Caller,
    @Headers('idempotency-key') key: string | undefined,
    @Body() raw: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const batch = parseBody(BatchBody, raw);
    const kept = await this.idempotent(caller, 'messages-batch', key, raw, async (id) => {
      const ids = messageIds(id, batch.messages.length);
      const messages = batch.messages.map((body, index) => ({ id: ids[index]!, body }));
      const rate = batch.ratePerSecond === undefined ? undefined : { key: id, perSecond: batch.ratePerSecond };
      const results = await this.request(caller, origin, messages, rate);
      return { status: 202, body: { results: results.map(lineOf) } };
    });
    return answer(reply, kept);
  }
}
