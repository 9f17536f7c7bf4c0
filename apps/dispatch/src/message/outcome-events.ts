import { ruleCodes } from '@postrider/compliance';
import type { SendOutcome } from '@postrider/cloud-api-client';
import {
  AttemptFailed,
  AttemptNotSent,
  MessageAccepted,
  MessageFailed,
  MessageRefused,
  OutcomeUnknown,
} from '@postrider/event-contracts';
import type { NewEvent } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { planFailure, type FailurePlan } from './failure-plan';
import type { Attempt } from './message.decider';
import type { MessageEvent } from './message-events';

export interface AttemptMade {
  readonly messageId: string;
  readonly attempt: number;
  readonly earlier: readonly Attempt[];
}

/** How the world answered an attempt, as facts. */
export function outcomeEvents(
  made: AttemptMade,
  outcome: SendOutcome,
  { now, patienceMs, random }: { now: Date; patienceMs: number; random: () => number },
): { readonly events: MessageEvent[]; readonly plan?: FailurePlan } {
  const { messageId, attempt, earlier } = made;
  switch (outcome.kind) {
    case 'accepted': {
      const { wamid, messageStatus, waId, userId } = outcome;
      const personal = { ...(waId === undefined ? {} : { waId }), ...(userId === undefined ? {} : { userId }) };
      const status = messageStatus === undefined ? {} : { messageStatus };
      return { events: [MessageAccepted.of({ messageId, attempt, wamid, ...status }, personal)] };
    }
    case 'rejected': {
      const plan = planFailure(outcome.error, { earlier, now, random });
      const refused = plan.error.metaCode === windowClosed ? refusedByMeta(messageId, attempt, plan, now) : undefined;
      return { events: refused ?? failureEvents(messageId, attempt, plan), plan };
    }
    case 'not-sent':
      return { events: [notSent(made, outcome.error.code, now)] };
    case 'unknown': {
      const decideAt = new Date(now.getTime() + patienceMs).toISOString();
      return { events: [OutcomeUnknown.of({ messageId, attempt, because: outcome.error.code, decideAt })] };
    }
  }
}

const windowClosed = 131047;

/** The window closed between our decision and Meta's: the same refusal, by the same rule, with Meta's word as its reason. */
function refusedByMeta(messageId: string, attempt: number, { error }: FailurePlan, now: Date): MessageEvent[] {
  const at = now.toISOString();
  const code = 'window-closed';
  const line = {
    rule: ruleCodes[code],
    verdict: 'refuse' as const,
    because: 'Meta says that the window is closed',
    inputs: { metaCode: windowClosed },
  };
  const decision = { outcome: 'refuse' as const, code, at, trail: [line] };
  return [
    AttemptFailed.of({ messageId, attempt, error, retryAt: at }, {}),
    MessageRefused.of({ messageId, code, decision }),
  ];
}

export function failureEvents(
  messageId: string,
  attempt: number,
  { error, retryAt, details }: FailurePlan,
): MessageEvent[] {
  const personal = details === undefined ? {} : { details };
  return retryAt === undefined
    ? [MessageFailed.of({ messageId, attempt, error }, personal)]
    : [AttemptFailed.of({ messageId, attempt, error, retryAt: retryAt.toISOString() }, personal)];
}

const firstPauseMs = 2_000;
const longestPauseMs = 5 * 60_000;

/** The request could not leave. Waits grow with the attempts in a row that did not. */
function notSent(made: AttemptMade, because: string, now: Date): MessageEvent {
  const { earlier } = made;
  const inVain = earlier.length - 1 - earlier.findLastIndex(({ outcome }) => outcome !== 'not-sent');
  return neverLeft(made, because, now, Math.min(longestPauseMs, firstPauseMs * 2 ** inVain));
}

/** We did not let it leave, for a reason of our own: the message has not to wait for that long. */
export const keptBack = (made: AttemptMade, because: string, now: Date): MessageEvent =>
  neverLeft(made, because, now, firstPauseMs);

function neverLeft({ messageId, attempt }: AttemptMade, because: string, now: Date, pauseMs: number): MessageEvent {
  const retryAt = new Date(now.getTime() + pauseMs).toISOString();
  return AttemptNotSent.of({ messageId, attempt, because, retryAt });
}

/** Under an id made from the attempt and the event's type, so that whoever records it, it is recorded once. */
export function attemptFact(event: MessageEvent, at: Date): NewEvent {
  const attempt = 'attempt' in event.data ? String(event.data.attempt ?? '') : '';
  const how = event.type === 'OutcomeResolved' ? event.data.outcome : '';
  return { ...event, id: derivedId.fact(event.data.messageId, attempt, event.type, how), at };
}
