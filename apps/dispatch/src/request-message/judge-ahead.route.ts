import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { CallerParam, parseBody, Problem, RequireScope, type Caller } from '@postrider/service-host';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { To } from '../contact/recipient';
import { codeOf, type JudgeAhead, type JudgedAhead } from './judge-ahead.handler';
import { batchMax, MessageBody } from './message-body';

export const JudgeAheadToken = Symbol('JudgeAhead');

const ToMany = z.strictObject({
  message: z.record(z.string(), z.unknown()),
  recipients: z.array(To).min(1).max(batchMax),
});

@Controller('v1/decisions')
@RequireScope('send')
export class JudgeAheadRoute {
  constructor(@Inject(JudgeAheadToken) private readonly judge: JudgeAhead) {}

  @Post()
  @HttpCode(200)
  async decide(@CallerParam() { workspaceId }: Caller, @Body() raw: unknown): Promise<unknown> {
    if (!isToMany(raw)) {
      const [judged] = await this.judge(workspaceId, [parseBody(MessageBody, raw)]);
      if (judged!.kind === 'rejected') throw new Problem(judged!.code, judged!.because);
      return judged!.decision;
    }
    const { message, recipients } = parseBody(ToMany, raw);
    const [first, ...others] = recipients;
    const body = parseBody(MessageBody, { ...message, to: first });
    const bodies = [body, ...others.map((to) => ({ ...body, to }))];
    const judged = await this.judge(workspaceId, bodies);
    const results = judged.map((each, index) => ({ to: recipients[index]!, ...lineOf(each) }));
    return { results, totals: totalsOf(judged) };
  }
}

const isToMany = (raw: unknown): boolean => typeof raw === 'object' && raw !== null && 'recipients' in raw;

const lineOf = (judged: JudgedAhead) =>
  judged.kind === 'rejected' ? { outcome: 'refuse', code: judged.code, because: judged.because } : judged.decision;

function totalsOf(judged: readonly JudgedAhead[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const each of judged) totals[codeOf(each)] = (totals[codeOf(each)] ?? 0) + 1;
  return totals;
}

const Question = z.object({ workspaceId: z.uuid(), messages: z.array(z.unknown()).max(batchMax) });

/** The same for the services of the installation, who ask of many different messages; told in a word each. */
export function judgeAheadForServices(fastify: FastifyInstance, judge: JudgeAhead): void {
  fastify.post('/internal/decisions', async ({ body }) => {
    const { workspaceId, messages } = parseBody(Question, body);
    const judged = await judge(
      workspaceId,
      messages.map((message) => parseBody(MessageBody, message)),
    );
    return judged.map((each) => ({
      outcome: each.kind === 'rejected' ? 'refuse' : each.decision.outcome,
      code: codeOf(each),
    }));
  });
}
