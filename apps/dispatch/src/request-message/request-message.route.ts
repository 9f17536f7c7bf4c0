import { Body, Controller, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import {
  answer,
  CallerParam,
  Idempotent,
  parseBody,
  Problem,
  RequireScope,
  type Answer,
  type Caller,
} from '@postrider/service-host';
import { ruleTexts, isRuleCode } from '@postrider/compliance';
import type { FastifyReply } from 'fastify';
import { BatchBody, MessageBody } from './message-body';
import { messageIds } from './message-ids';
import type { RequestMessages, RequestResult } from './request-messages.handler';

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
      const results = await this.request(caller, origin, messages, batch.ratePerSecond);
      return { status: 202, body: { results: results.map(lineOf) } };
    });
    return answer(reply, kept);
  }
}

function answerOf(result: RequestResult): Answer {
  switch (result.kind) {
    case 'accepted':
      return { status: 202, body: { id: result.id, state: result.state, decision: result.decision } };
    case 'refused': {
      const { code, decision, id: messageId } = result;
      const problem = new Problem(code, isRuleCode(code) ? ruleTexts[code].en : code, { decision, messageId });
      return { status: problem.status, body: problem.body };
    }
    case 'rejected': {
      const problem = new Problem(result.code, result.because);
      return { status: problem.status, body: problem.body };
    }
  }
}

function lineOf(result: RequestResult): { id?: string; state: string; code?: string } {
  switch (result.kind) {
    case 'accepted': {
      const { id, state, decision } = result;
      return { id, state, ...(decision.code === undefined ? {} : { code: decision.code }) };
    }
    case 'refused':
      return { id: result.id, state: 'refused', code: result.code };
    case 'rejected':
      return { state: 'refused', code: result.code };
  }
}
