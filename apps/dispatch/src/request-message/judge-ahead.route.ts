import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { CallerParam, parseBody, Problem, RequireScope, type Caller } from '@postrider/service-host';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { To } from '../contact/recipient';
import { answerForServices } from './answer-services';
import { codeOf, type JudgeAhead, type JudgeAudience, type JudgedAhead, type JudgePart } from './judge-ahead.handler';
import { batchMax, MessageBody } from './message-body';

export const JudgeAheadToken = Symbol('JudgeAhead');
export const JudgeAudienceToken = Symbol('JudgeAudience');

const audienceMax = 100_000;
/** So many are told one by one; of a larger audience the totals, and some for each code. */
const listedMax = 1_000;
const examplesMax = 3;

const ToMany = z.strictObject({
  message: z.record(z.string(), z.unknown()),
  recipients: z.array(To).min(1).max(audienceMax),
});

@Controller('v1/decisions')
@RequireScope('send')
export class JudgeAheadRoute {
  constructor(
    @Inject(JudgeAheadToken) private readonly judge: JudgeAhead,
    @Inject(JudgeAudienceToken) private readonly audience: JudgeAudience,
  ) {}

  @Post()
  @HttpCode(200)
  async decide(@CallerParam() { workspaceId }: Caller, @Body() raw: unknown): Promise<unknown> {
    if (!isToMany(raw)) {
      const [judged] = await this.judge(workspaceId, [parseBody(MessageBody, raw)]);
      if (judged!.kind === 'rejected') throw new Problem(judged!.code, judged!.because);
      return judged!.decision;
    }
    const { message, recipients } = parseBody(ToMany, raw);
    const body = parseBody(MessageBody, { ...message, to: recipients[0] });
    const totals: Record<string, number> = {};
    const results: object[] = [];
    await this.audience(workspaceId, body, recipients, (to, judged) => {
      const code = codeOf(judged);
      totals[code] = (totals[code] ?? 0) + 1;
      if (recipients.length <= listedMax || totals[code] <= examplesMax) results.push({ to, ...lineOf(judged) });
    });
    return recipients.length <= listedMax ? { results, totals } : { totals, examples: results };
  }
}

const isToMany = (raw: unknown): boolean => typeof raw === 'object' && raw !== null && 'recipients' in raw;

const lineOf = (judged: JudgedAhead) =>
  judged.kind === 'rejected' ? { outcome: 'refuse', code: judged.code, because: judged.because } : judged.decision;

const UsedUp = z.object({ openings: z.int().min(0), priceMicros: z.number().min(0) });
const Question = z.object({
  workspaceId: z.uuid(),
  messages: z.array(z.unknown()).max(batchMax),
  before: UsedUp.optional(),
});

/** The same for the services of the installation, who ask of many different messages, part by part. */
export function judgeAheadForServices(fastify: FastifyInstance, judge: JudgePart): void {
  fastify.post('/internal/decisions', async ({ body }) => {
    const { workspaceId, messages, before } = parseBody(Question, body);
    const { judged, usedUp } = await judge(
      workspaceId,
      messages.map((message) => parseBody(MessageBody, message)),
      before,
    );
    return answerForServices(judged, usedUp);
  });
}
