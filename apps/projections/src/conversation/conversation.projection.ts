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
  StatusReported,
  ThreadControlReported,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { keptPart } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { isA } from '../is-a';
import type { LineKind } from './conversation.table';
import { appearanceOf, callBeganAt, type Appearance } from './identity-evidence';

/** What an event tells of a conversation; every member is a maximum, so any order leads to the same. */
export interface Contribution extends Appearance {
  /** The person's last message or call, by Meta's clock: it opens the customer service window. */
  readonly inboundAt: string | null;
  /** The last time the person came by an advertisement or a page's button. */
  readonly entryAt: string | null;
  readonly contactId: string | null;
}

/** What is known of a person under one alias. */
export interface PartDelta {
  readonly part_id: string;
  /** Who it is, as Meta showed them at `person_at`. */
  readonly person: string | null;
  readonly person_at: string | null;
  /** Who it is, as a caller wrote them. */
  readonly addressed: string | null;
  /** The end of a free entry window that Meta named at `free_at`. */
  readonly free_until: string | null;
  readonly free_at: string | null;
}

/** A line of the transcript; what we wrote ourselves is with the messages. */
export interface TranscriptLine {
  readonly part_id: string;
  readonly wamid: string;
  readonly workspace_id: string;
  readonly direction: 'in' | 'out';
  readonly kind: LineKind;
  readonly type: string;
  readonly at: string;
  /** Where it opens the customer service window. */
  readonly opens_at: string | null;
  /** Whether the person came by an advertisement or a page's button. */
  readonly entry: boolean;
  /** The message it answers, reacts to, changes or takes back; of a handover, who has the conversation now. */
  readonly target: string | null;
  readonly content: string | null;
}

/** An event's part in a conversation; undefined where it has none. */
export function contributionOf(event: RecordedEvent): Contribution | undefined {
  const appearance = appearanceOf(event);
  if (appearance === undefined) return undefined;
  if (isA(MessageRequested, event)) {
    if (event.data.decision.outcome === 'refuse') return undefined;
    return { ...appearance, inboundAt: null, entryAt: null, contactId: event.data.contactId };
  }
  if (lineOf(event) === undefined) return undefined;
  const entryAt = isEntry(event) ? appearance.at : null;
  return { ...appearance, inboundAt: opensWindowAt(event), entryAt, contactId: null };
}

/** Whether a reaction opens the window is not documented, so nothing relies on it. */
function opensWindowAt(event: RecordedEvent): string | null {
  return isA(MessageReceived, event) ? event.data.happenedAt : (callBeganAt(event) ?? null);
}

const isEntry = (event: RecordedEvent): boolean => isA(MessageReceived, event) && event.data.referral !== undefined;

export function partDeltas(events: readonly RecordedEvent[]): PartDelta[] {
  return events.flatMap((event): PartDelta[] => {
    const appearance = appearanceOf(event);
    if (appearance === undefined) return [];
    const { senderId, aliasKey, at } = appearance;
    const nothing = { person: null, person_at: null, addressed: null, free_until: null, free_at: null };
    const part = { part_id: derivedId.conversation(senderId, aliasKey), ...nothing };
    if (isA(MessageRequested, event)) {
      const addressed = encoded(event);
      return contributionOf(event) === undefined || addressed === null ? [] : [{ ...part, addressed }];
    }
    if (isA(StatusReported, event)) {
      const { conversationExpiresAt: free_until, pricing } = event.data;
      if (free_until === undefined || pricing?.type !== 'free_entry_point') return [];
      return [{ ...part, free_until, free_at: at }];
    }
    const person = encoded(event);
    return lineOf(event) === undefined || person === null ? [] : [{ ...part, person, person_at: at }];
  });
}

export function transcriptLines(events: readonly RecordedEvent[]): TranscriptLine[] {
  return events.flatMap((event): TranscriptLine[] => {
    const told = lineOf(event);
    const appearance = appearanceOf(event);
    if (told === undefined || appearance === undefined) return [];
    const { wamid, callId } = event.data as { wamid?: string; callId?: string };
    return [
      {
        part_id: derivedId.conversation(appearance.senderId, appearance.aliasKey),
        wamid: wamid ?? (callId === undefined ? event.id : `${callId} ${told.type}`),
        workspace_id: event.workspaceId,
        at: appearance.at,
        opens_at: opensWindowAt(event),
        entry: isEntry(event),
        content: encoded(event),
        ...told,
      },
    ];
  });
}

/** When we wrote. */
export function requestsOf(events: readonly RecordedEvent[]) {
  return events.flatMap((event) => {
    const told = isA(MessageRequested, event) ? contributionOf(event) : undefined;
    if (told === undefined || !isA(MessageRequested, event)) return [];
    const { messageId: message_id, contactId: contact_id } = event.data;
    return [{ message_id, contact_id, at: told.at, part_id: derivedId.conversation(told.senderId, told.aliasKey) }];
  });
}

/** What became of the files of messages. */
export function transcriptMedia(events: readonly RecordedEvent[]) {
  return events.flatMap((event) => {
    if (!isA(MediaStored, event) && !isA(MediaFailed, event)) return [];
    const { conversationId: part_id, wamid, mediaId: media_id } = event.data;
    const file = isA(MediaStored, event) ? { mime_type: event.data.mimeType, bytes: event.data.bytes } : {};
    return [{ part_id, wamid, media_id, state: isA(MediaStored, event) ? 'stored' : 'failed', ...file }];
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
  if (isA(ThreadControlReported, event))
    return { direction: 'out', kind: 'handover', type: event.data.change, target: event.data.newOwner ?? null };
  return undefined;
}

/** Personal parts are kept as they came, sealed; base64 is how they travel inside a statement. */
function encoded(event: RecordedEvent): string | null {
  return keptPart(event)?.toString('base64') ?? null;
}
