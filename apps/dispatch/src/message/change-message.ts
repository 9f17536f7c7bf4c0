import type { Clock, Outcome, Refusal } from '@postrider/decider';
import { changeStream, type EventLog } from '@postrider/event-store';
import type { Caller } from '@postrider/service-host';
import { messageDecider, type MessageState } from './message.decider';
import type { MessageEvent } from './message-events';

export type ChangingCaller = Pick<Caller, 'workspaceId' | 'actor' | 'correlationId' | 'traceparent'>;

/** Changes one message of the caller's workspace; that of another is not there. Answers the state that follows. */
export async function changeMessage<Code extends string>(
  { log, clock }: { readonly log: EventLog; readonly clock: Clock },
  caller: ChangingCaller,
  messageId: string,
  decide: (state: MessageState) => Outcome<MessageEvent, Code>,
): Promise<Refusal<Code> | MessageState> {
  const [requested] = await log.readStream(messageId);
  const own = requested?.workspaceId === caller.workspaceId;
  const { workspaceId, actor, correlationId, traceparent } = caller;
  const meta = {
    workspaceId,
    actor,
    correlationId,
    aliasKeys: own ? requested.aliasKeys : [],
    ...(traceparent === undefined ? {} : { traceparent }),
  };
  let after = messageDecider.initial;
  const stream = { streamId: messageId, orderingKey: requested?.orderingKey ?? messageId, meta };
  const changed = await changeStream(log, clock, stream, messageDecider, (state) => {
    const outcome = decide(own ? state : messageDecider.initial);
    if (!('refused' in outcome)) after = outcome.reduce<MessageState>(messageDecider.evolve, state);
    return outcome;
  });
  return 'refused' in changed ? changed : after;
}
