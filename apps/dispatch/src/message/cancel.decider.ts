import { refuse, type Outcome } from '@postrider/decider';
import { MessageCancelled } from '@postrider/event-contracts';
import { isWaiting } from './attempt.decider';
import type { MessageState } from './message.decider';
import type { MessageEvent } from './message-events';

/** Takes a message back before it leaves. Doing it twice is done once. */
export function cancel(state: MessageState, because: string): Outcome<MessageEvent, 'not-found' | 'too-late'> {
  if (state.request === undefined) return refuse('not-found', 'There is no such message.');
  if (state.phase === 'cancelled') return [];
  if (!isWaiting(state)) return refuse('too-late', `The message cannot be taken back: it is ${state.phase}.`);
  return [MessageCancelled.of({ messageId: state.request.data.messageId, because })];
}
