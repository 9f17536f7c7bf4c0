import {
  AttemptFailed,
  DuplicateSendDetected,
  MessageAccepted,
  MessageFailed,
  OutcomeResolved,
  type SendError,
} from '@postrider/event-contracts';
import { fold } from '@postrider/decider';
import type { z } from 'zod';
import { messageDecider, type Attempt, type MessageState } from './message.decider';
import type { MessageEvent } from './message-events';

/** What a status says of one attempt. */
export interface Heard {
  readonly attempt: number;
  readonly wamid: string;
  /** Where the status is `failed`: the classified error, and when to try again; without a time the failure is final. */
  readonly failure?: { readonly error: z.infer<typeof SendError>; readonly retryAt?: Date };
}

/**
 * What a status teaches: that Meta took an attempt whose answer has not come or was lost, that an accepted message
 * failed after all, or that two attempts arrived. Hearing it again teaches nothing.
 */
export function hear(state: MessageState, heard: Heard): MessageEvent[] {
  const attempt = state.attempts.find(({ number }) => number === heard.attempt);
  if (state.request === undefined || attempt === undefined || attempt.outcome === 'failed') return [];
  const { messageId } = state.request.data;
  const events = heard.failure === undefined ? arrival(messageId, attempt, heard) : failure(messageId, attempt, heard);
  return [...events, ...duplicates(fold(messageDecider, events, state), messageId)];
}

function arrival(messageId: string, { number: attempt, outcome }: Attempt, { wamid }: Heard): MessageEvent[] {
  if (outcome === 'accepted') return [];
  if (outcome === 'open') return [MessageAccepted.of({ messageId, attempt, wamid }, {})];
  return [OutcomeResolved.of({ messageId, attempt, outcome: 'accepted', by: 'status', wamid })];
}

function failure(messageId: string, { number: attempt, outcome }: Attempt, heard: Heard): MessageEvent[] {
  const { error, retryAt } = heard.failure!;
  const resolved =
    outcome === 'unknown'
      ? [OutcomeResolved.of({ messageId, attempt, outcome: 'failed', by: 'status', wamid: heard.wamid, error })]
      : [];
  return retryAt === undefined
    ? [...resolved, MessageFailed.of({ messageId, attempt, error })]
    : [...resolved, AttemptFailed.of({ messageId, attempt, error, retryAt: retryAt.toISOString() })];
}

function duplicates(state: MessageState, messageId: string): MessageEvent[] {
  const arrived = state.attempts.filter(({ outcome, wamid }) => outcome === 'accepted' && wamid !== undefined);
  if (arrived.length < 2 || arrived.length <= state.duplicates.length) return [];
  const wamids = arrived.flatMap(({ wamid }) => wamid ?? []);
  return [DuplicateSendDetected.of({ messageId, attempts: arrived.map(({ number }) => number), wamids })];
}
