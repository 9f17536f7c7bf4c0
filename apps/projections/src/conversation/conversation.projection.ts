import {
  CallReported,
  MediaFailed,
  MediaStored,
  MessageEchoed,
  MessageEdited,
  MessageImported,
  MessageReceived,
  MessageRequested,
  MessageRevoked,
  ReactionReceived,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { isA } from '../is-a';

/** What events tell of a conversation; every member is a maximum, so any order leads to the same. */
export interface ConversationDelta {
  readonly conversation_id: string;
  readonly workspace_id: string;
  readonly sender_id: string;
  readonly phone_number_id: string;
  /** The person's last message or call, by Meta's clock: it opens the customer service window. */
  readonly inbound_at: string | null;
  /** The last time the person came by an advertisement or a page's button. */
  readonly entry_at: string | null;
  readonly last_at: string;
  readonly contact_id: string | null;
  /** Who it is, as shown at `person_at`. What the person's own messages show is newer than what a caller wrote. */
  readonly person: string | null;
  readonly person_at: string;
}

/** A line of the transcript; what we wrote ourselves is with the messages. */
export interface TranscriptLine {
  readonly conversation_id: string;
  readonly wamid: string;
  readonly workspace_id: string;
  readonly direction: 'in' | 'out';
  readonly kind: 'message' | 'reaction' | 'edit' | 'revocation' | 'call';
  readonly type: string;
  readonly at: string;
  /** The message it answers, reacts to, changes or takes back. */
  readonly target: string | null;
  readonly content: string | null;
}

const longAgo = '1970-01-01T00:00:00.000Z';

export function conversationDeltas(events: readonly RecordedEvent[]): ConversationDelta[] {
  const joined = new Map<string, ConversationDelta>();
  for (const event of events) {
    const delta = deltaOf(event);
    if (delta === undefined) continue;
    const known = joined.get(delta.conversation_id);
    joined.set(delta.conversation_id, known === undefined ? delta : join(known, delta));
  }
  return [...joined.values()].sort((a, b) => (a.conversation_id < b.conversation_id ? -1 : 1));
}

function join(a: ConversationDelta, b: ConversationDelta): ConversationDelta {
  const newer = b.person !== null && (a.person === null || b.person_at >= a.person_at) ? b : a;
  return {
    ...a,
    inbound_at: later(a.inbound_at, b.inbound_at),
    entry_at: later(a.entry_at, b.entry_at),
    last_at: later(a.last_at, b.last_at) ?? a.last_at,
    contact_id: a.contact_id ?? b.contact_id,
    person: newer.person,
    person_at: newer.person_at,
  };
}

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);

function deltaOf(event: RecordedEvent): ConversationDelta | undefined {
  if (isA(MessageRequested, event)) {
    const { senderId, phoneNumberId, contactId } = event.data;
    const alias = event.aliasKeys[0];
    if (alias === undefined || event.data.decision.outcome === 'refuse') return undefined;
    return {
      conversation_id: derivedId.conversation(senderId, alias),
      workspace_id: event.workspaceId,
      sender_id: senderId,
      phone_number_id: phoneNumberId,
      inbound_at: null,
      entry_at: null,
      last_at: event.at.toISOString(),
      contact_id: contactId,
      person: encoded(event.personal?.to),
      person_at: longAgo,
    };
  }
  if (!tellsOfConversation(event)) return undefined;
  const { conversationId, senderId, phoneNumberId, happenedAt } = event.data;
  const { phone, userId, name, username } = event.personal ?? {};
  return {
    conversation_id: conversationId,
    workspace_id: event.workspaceId,
    sender_id: senderId,
    phone_number_id: phoneNumberId,
    inbound_at: opensWindow(event) ? happenedAt : null,
    entry_at: isA(MessageReceived, event) && event.data.referral !== undefined ? happenedAt : null,
    last_at: happenedAt,
    contact_id: null,
    person: encoded(event.personal === undefined ? undefined : { phone, userId, name, username }),
    person_at: happenedAt,
  };
}

type Told = RecordedEvent<
  string,
  { conversationId: string; senderId: string; phoneNumberId: string; happenedAt: string },
  { phone?: string; userId?: string; name?: string; username?: string }
>;

function tellsOfConversation(event: RecordedEvent): event is Told {
  return lineOf(event) !== undefined;
}

/** Whether a reaction opens the window is not documented, so nothing relies on it. */
function opensWindow(event: RecordedEvent): boolean {
  return isA(MessageReceived, event) || (isA(CallReported, event) && event.data.direction === 'in');
}

export function transcriptLines(events: readonly RecordedEvent[]): TranscriptLine[] {
  return events.flatMap((event): TranscriptLine[] => {
    const told = lineOf(event);
    if (told === undefined) return [];
    const { conversationId, wamid, callId, happenedAt } = event.data as {
      conversationId: string;
      wamid?: string;
      callId?: string;
      happenedAt: string;
    };
    const { message } = (event.personal ?? {}) as { message?: unknown };
    return [
      {
        conversation_id: conversationId,
        wamid: wamid ?? `${callId} ${told.type}`,
        workspace_id: event.workspaceId,
        at: happenedAt,
        content: encoded(message),
        ...told,
      },
    ];
  });
}

/** What became of the files of messages. */
export function transcriptMedia(events: readonly RecordedEvent[]) {
  return events.flatMap((event) => {
    if (!isA(MediaStored, event) && !isA(MediaFailed, event)) return [];
    const { conversationId: conversation_id, wamid, mediaId: media_id } = event.data;
    const file = isA(MediaStored, event) ? { mime_type: event.data.mimeType, bytes: event.data.bytes } : {};
    return [{ conversation_id, wamid, media_id, state: isA(MediaStored, event) ? 'stored' : 'failed', ...file }];
  });
}

function lineOf(event: RecordedEvent): Pick<TranscriptLine, 'direction' | 'kind' | 'type' | 'target'> | undefined {
  if (isA(MessageReceived, event))
    return { direction: 'in', kind: 'message', type: event.data.messageType, target: event.data.repliesTo ?? null };
  if (isA(ReactionReceived, event))
    return { direction: 'in', kind: 'reaction', type: 'reaction', target: event.data.reactsTo };
  if (isA(MessageEdited, event)) return { direction: 'in', kind: 'edit', type: 'edit', target: event.data.edits };
  if (isA(MessageRevoked, event))
    return { direction: 'in', kind: 'revocation', type: 'revoke', target: event.data.revokes };
  if (isA(MessageEchoed, event)) {
    const { messageType: type, changes, repliesTo } = event.data;
    const kind = changes === undefined ? 'message' : type === 'revoke' ? 'revocation' : 'edit';
    return { direction: 'out', kind, type, target: changes ?? repliesTo ?? null };
  }
  if (isA(MessageImported, event)) {
    const { messageType: type, direction, repliesTo } = event.data;
    return { direction, kind: 'message', type, target: repliesTo ?? null };
  }
  if (isA(CallReported, event))
    return { direction: event.data.direction ?? 'in', kind: 'call', type: `call ${event.data.event}`, target: null };
  return undefined;
}

/** Personal parts are kept as bytes; base64 is how they travel inside a statement. */
function encoded(personal: unknown): string | null {
  return personal === undefined ? null : Buffer.from(JSON.stringify(personal)).toString('base64');
}
