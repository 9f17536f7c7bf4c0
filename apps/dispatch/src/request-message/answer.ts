import { isRuleCode, ruleCodes, ruleTexts, windowClosesAt } from '@postrider/compliance';
import { Problem, type Answer } from '@postrider/service-host';
import type { RequestResult } from './request-messages.handler';

/** What a caller is answered who asked for one message. */
export function answerOf(result: RequestResult): Answer {
  switch (result.kind) {
    case 'accepted':
      return { status: 202, body: acceptedBody(result) };
    case 'refused': {
      const { code, decision, id: messageId } = result;
      const because = decision.trail.find(({ verdict }) => verdict === 'refuse')?.because;
      const text = isRuleCode(code) ? ruleTexts[code].en : code;
      const problem = new Problem(code, because === undefined ? text : `${text} (${because})`, { decision, messageId });
      return { status: problem.status, body: problem.body };
    }
    case 'rejected': {
      const problem = new Problem(result.code, result.because);
      return { status: problem.status, body: problem.body };
    }
  }
}

/** Of a free-form message with until when its person may be written to freely. */
function acceptedBody({ id, state, decision }: Extract<RequestResult, { kind: 'accepted' }>) {
  const inputs = decision.trail.find(({ rule }) => rule === insideServiceWindow)?.inputs;
  const isFree = inputs?.['content'] !== 'template' && typeof inputs?.['lastInboundAt'] === 'string';
  const window = isFree
    ? { window: { closesAt: windowClosesAt(inputs['lastInboundAt'] as string).toISOString() } }
    : undefined;
  return { id, state, decision, ...window };
}

const insideServiceWindow = ruleCodes['window-closed'];

/** One line of a batch's answer. */
export function lineOf(result: RequestResult): { id?: string; state: string; code?: string } {
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
