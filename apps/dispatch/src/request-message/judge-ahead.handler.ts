import type { Decision } from '@postrider/event-contracts';
import type { Unknown } from './judge-requests';
import type { MessageBody } from './message-body';
import { judgeSurely, type RequestMessagesDeps } from './request-messages.handler';

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
    return judged.map((each) =>
      each.kind === 'unknown'
        ? { kind: 'rejected', code: each.code, because: each.because }
        : { kind: 'decided', decision: each.decision },
    );
  };
}

/** In a word or two: the rule's code, or that it would be sent. */
export const codeOf = (judged: JudgedAhead): string =>
  judged.kind === 'rejected' ? judged.code : (judged.decision.code ?? judged.decision.outcome);
