import {
  CallReported,
  MessageReceived,
  StatusReported,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';

/** What an event says of the window that a person has with a sender. By Meta's clock. */
export interface WindowSign {
  readonly senderId: string;
  readonly inboundAt: string | null;
  readonly entryAt: string | null;
  readonly freeUntil: string | null;
}

type Heard = RecordedEvent & EventOf<typeof MessageReceived | typeof CallReported | typeof StatusReported>;

/** Undefined where it says nothing of windows. */
export function windowSign(event: RecordedEvent): WindowSign | undefined {
  const { type, data } = event as Heard;
  const none = { senderId: data.senderId, inboundAt: null, entryAt: null, freeUntil: null };
  if (type === 'MessageReceived') {
    const { happenedAt, referral } = data;
    return { ...none, inboundAt: happenedAt, entryAt: referral === undefined ? null : happenedAt };
  }
  if (type === 'CallReported') {
    const inboundAt = callBeganAt(data);
    return inboundAt === undefined ? undefined : { ...none, inboundAt };
  }
  // Meta names an end for other conversations too, in the older form of its webhooks.
  if (data.conversationExpiresAt === undefined || data.pricing?.type !== 'free_entry_point') return undefined;
  return { ...none, freeUntil: data.conversationExpiresAt };
}

/** A person's call opens the window when it begins; that it ended, however long after, opens nothing. */
function callBeganAt(call: EventOf<typeof CallReported>['data']): string | undefined {
  if (call.direction !== 'in') return undefined;
  if (call.event === 'connect') return call.happenedAt;
  if (call.durationSeconds === undefined) return undefined;
  return new Date(Date.parse(call.happenedAt) - call.durationSeconds * 1_000).toISOString();
}
