import { refuse, type Outcome } from '@postrider/decider';
import { MessageFailed, OutcomeResolved, type SendError } from '@postrider/event-contracts';
import type { z } from 'zod';
import type { Attempt, MessageState } from './message.decider';
import type { MessageEvent } from './message-events';

const givenUp: z.infer<typeof SendError> = {
  code: 'outcome-unknown',
  title: 'Whether Meta took the message is not known, and it is not sent again.',
};

/**
 * What `onUnknown` says once the patience is over and no status has come. A message that may not be sent again because
 * it has expired is given up.
 */
export function settle(state: MessageState, now: Date): MessageEvent[] {
  const unknown = unknownAttempt(state);
  if (state.request === undefined || unknown === undefined || unknown.settled !== undefined) return [];
  const { onUnknown, expiresAt } = state.request.data;
  const tooLate = expiresAt !== undefined && now.getTime() >= Date.parse(expiresAt);
  return settled(
    state.request.data.messageId,
    unknown,
    onUnknown === 'resend' && tooLate ? 'give-up' : onUnknown,
    'policy',
  );
}

/** An operator's word on an unknown outcome. */
export function resolve(
  state: MessageState,
  outcome: 'resend' | 'give-up',
): Outcome<MessageEvent, 'not-found' | 'too-late'> {
  if (state.request === undefined) return refuse('not-found', 'There is no such message.');
  const unknown = unknownAttempt(state);
  if (unknown === undefined) return refuse('too-late', `The message's outcome is not unknown: it is ${state.phase}.`);
  return settled(state.request.data.messageId, unknown, outcome, 'operator');
}

function unknownAttempt(state: MessageState): Attempt | undefined {
  return state.phase === 'unknown' ? state.attempts.findLast(({ outcome }) => outcome === 'unknown') : undefined;
}

function settled(
  messageId: string,
  { number: attempt }: Attempt,
  outcome: 'resend' | 'give-up' | 'hold',
  by: 'policy' | 'operator',
): MessageEvent[] {
  const resolved = OutcomeResolved.of({ messageId, attempt, outcome, by });
  return outcome === 'give-up' ? [resolved, MessageFailed.of({ messageId, attempt, error: givenUp })] : [resolved];
}
