import type { Decision } from '@postrider/event-contracts';
import { ahead, type UsedUp } from '../policies/ahead';
import type { Judged, Unknown } from './judge-requests';
import type { MessageBody } from './message-body';
import { judgeSurely } from './judge-surely';
import type { RequestMessagesDeps } from './request-messages.handler';

/** What would happen to a message: the decision with its trail, or why it cannot become a message at all. */
export type JudgedAhead =
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'rejected'; readonly code: Unknown['code']; readonly because: string };

export type JudgeAhead = ReturnType<typeof judgeAhead>;

/** Says what would happen to messages now, and neither writes nor takes up anything. One answer each, in order. */
export function judgeAhead(deps: RequestMessagesDeps) {
  return async (workspaceId: string, bodies: readonly MessageBody[]): Promise<JudgedAhead[]> => {
    const identitySecret = await deps.identitySecret(workspaceId);
    const judged = await judgeSurely(deps, { workspaceId, identitySecret, at: deps.clock.now(), bodies });
    return judged.map(outcomeOf);
  };
}

export type JudgePart = ReturnType<typeof judgePart>;

/**
 * Judges a part of an audience that somebody else holds: `before` is what the parts before it would use up, and the
 * answer says what it is with this one.
 */
export function judgePart(deps: RequestMessagesDeps) {
  return async (
    workspaceId: string,
    bodies: readonly MessageBody[],
    before?: UsedUp,
  ): Promise<{ judged: JudgedAhead[]; usedUp: UsedUp }> => {
    const identitySecret = await deps.identitySecret(workspaceId);
    const counting = ahead(before);
    const asked = { workspaceId, identitySecret, at: deps.clock.now(), bodies, ahead: counting };
    const judged = (await judgeSurely(deps, asked)).map(outcomeOf);
    counting.keep();
    return { judged, usedUp: counting.usedUp() };
  };
}

const partSize = 1_000;

/** An audience that is judged in parts, each counting what those before it would use up; one part is held at a time. */
export function judgeAudience(deps: RequestMessagesDeps) {
  return async (
    workspaceId: string,
    message: MessageBody,
    recipients: readonly MessageBody['to'][],
    told: (to: MessageBody['to'], judged: JudgedAhead) => void,
  ): Promise<void> => {
    const identitySecret = await deps.identitySecret(workspaceId);
    const at = deps.clock.now();
    const before = ahead();
    for (let from = 0; from < recipients.length; from += partSize) {
      const part = recipients.slice(from, from + partSize);
      const bodies = part.map((to) => ({ ...message, to }));
      const judged = await judgeSurely(deps, { workspaceId, identitySecret, at, bodies, ahead: before });
      before.keep();
      judged.forEach((each, index) => told(part[index]!, outcomeOf(each)));
    }
  };
}
export type JudgeAudience = ReturnType<typeof judgeAudience>;

const outcomeOf = (each: Judged | Unknown): JudgedAhead =>
  each.kind === 'unknown'
    ? { kind: 'rejected', code: each.code, because: each.because }
    : { kind: 'decided', decision: each.decision };

/** In a word or two: the rule's code, or that it would be sent. */
export const codeOf = (judged: JudgedAhead): string =>
  judged.kind === 'rejected' ? judged.code : (judged.decision.code ?? judged.decision.outcome);
