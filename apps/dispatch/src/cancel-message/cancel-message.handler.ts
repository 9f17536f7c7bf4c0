import type { Clock } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import { changeMessage, type ChangingCaller } from '../message/change-message';
import { cancel } from '../message/cancel.decider';

export type CancelMessage = ReturnType<typeof cancelMessage>;

/** Takes a message back before it leaves. */
export function cancelMessage(deps: { readonly log: EventLog; readonly clock: Clock }) {
  return (caller: ChangingCaller, messageId: string, because = 'the caller took it back') =>
    changeMessage(deps, caller, messageId, (state) => cancel(state, because));
}
