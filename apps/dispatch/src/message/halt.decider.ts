import { MessageHeld, type Decision } from '@postrider/event-contracts';
import { expire, isWaiting } from './attempt.decider';
import { cancel } from './cancel.decider';
import type { MessageEvent } from './message-events';
import type { MessageState } from './message.decider';

/** Resuming hastens what a pause holds; this is only for how often it is looked at where nobody resumes. */
const lookAgainMs = 3_600_000;

export const campaignPaused = 'campaign-paused';

/** What a paused or stopped campaign means for a message of it that is waiting: it waits on, or never leaves. */
export function halt(state: MessageState, halted: 'paused' | 'stopped', now: Date): MessageEvent[] {
  const { request } = state;
  if (request === undefined || !isWaiting(state)) return [];
  if (halted === 'stopped') {
    const cancelled = cancel(state, 'its campaign was stopped');
    return 'refused' in cancelled ? [] : [...cancelled];
  }
  const expired = expire(state, now);
  if (expired.length > 0) return expired;
  const { messageId } = request.data;
  const until = new Date(now.getTime() + lookAgainMs).toISOString();
  const because = 'the campaign is paused';
  const decision: Decision = {
    outcome: 'hold',
    code: campaignPaused,
    until,
    at: now.toISOString(),
    trail: [{ rule: 'campaign-goes-on', verdict: 'hold', because, inputs: {} }],
  };
  return [MessageHeld.of({ messageId, code: campaignPaused, until, decision })];
}
