import {
  MessageExpired,
  MessageHeld,
  MessageRefused,
  MessageReleased,
  SendAttempted,
  type Decision,
} from '@postrider/event-contracts';
import type { MessageState } from './message.decider';
import type { MessageEvent } from './message-events';

export interface Sending {
  /** Taken now; null where the message is not judged because it has expired. */
  readonly decision: Decision;
  /** Of the lease that the sender is held by. */
  readonly fence: number;
  readonly now: Date;
}

/**
 * What becomes of a message whose time has come: it is tried, or it waits on, or it is refused or too late after all.
 * Nothing where it is not waiting any more.
 */
export function attempt(state: MessageState, { decision, fence, now }: Sending): MessageEvent[] {
  const { request } = state;
  if (request === undefined || !isWaiting(state)) return [];
  const { messageId, senderId } = request.data;
  const expired = expire(state, now);
  if (expired.length > 0) return expired;
  const code = decision.code ?? decision.outcome;
  if (decision.outcome === 'refuse') return [MessageRefused.of({ messageId, code, decision })];
  if (decision.outcome === 'hold') {
    return [MessageHeld.of({ messageId, code, until: decision.until ?? now.toISOString(), decision })];
  }
  const intent = SendAttempted.of({
    messageId,
    attempt: state.attempts.length + 1,
    senderId,
    fence,
    ...(saysTheSame(request.data.decision, decision) ? {} : { decision }),
  });
  return state.heldBy === undefined
    ? [intent]
    : [MessageReleased.of({ messageId, because: `${state.heldBy} no longer holds` }), intent];
}

/** `MessageExpired` where a waiting message's time is over. */
export function expire(state: MessageState, now: Date): MessageEvent[] {
  const { messageId, expiresAt } = state.request?.data ?? {};
  if (messageId === undefined || expiresAt === undefined || !isWaiting(state)) return [];
  return now.getTime() >= Date.parse(expiresAt) ? [MessageExpired.of({ messageId, expiresAt })] : [];
}

/** Whether it may still be sent, cancelled or expire: no attempt is under way or unclear. */
export const isWaiting = (state: MessageState): boolean =>
  state.phase === 'requested' || state.phase === 'held' || state.phase === 'retrying';

/** A trail is long; the intent carries it only where a rule says something else than at acceptance. */
function saysTheSame(accepted: Decision, now: Decision): boolean {
  if (accepted.outcome !== now.outcome || accepted.trail.length !== now.trail.length) return false;
  return now.trail.every(({ rule, verdict }, index) => {
    const before = accepted.trail[index];
    return before?.rule === rule && before.verdict === verdict;
  });
}
