import { OutcomeUnknown } from '@postrider/event-contracts';
import type { MessageState } from './message.decider';
import type { MessageEvent } from './message-events';

/** How long a status may take to settle an unknown outcome before `onUnknown` decides. */
export const defaultPatienceMs = 10 * 60_000;

/** Marks the attempts that an earlier holder of the sender left without an outcome. */
export function recover(
  state: MessageState,
  { fence, now, patienceMs }: { fence: number; now: Date; patienceMs: number },
): MessageEvent[] {
  return state.attempts
    .filter((attempt) => attempt.outcome === 'open' && attempt.fence < fence)
    .map(({ number }) =>
      OutcomeUnknown.of({
        messageId: state.request?.data.messageId ?? '',
        attempt: number,
        because: 'the process that sent it ended before it recorded the outcome',
        decideAt: new Date(now.getTime() + patienceMs).toISOString(),
      }),
    );
}
