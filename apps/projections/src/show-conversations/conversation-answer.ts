import { windowOf } from '../conversation/window';
import { attemptsOf, stateOf } from '../message/message-state';
import type { MessageView } from '../message/message-view';
import { readPersonal } from '../read-personal';
import type { Viewer } from '../sees-people';

export interface ConversationFound {
  conversation_id: string;
  sender_id: string;
  phone_number_id: string;
  inbound_at: Date | null;
  entry_at: Date | null;
  last_at: Date;
  contact_id: string | null;
  person: Buffer | null;
  addressed: Buffer | null;
  free_until: Date | null;
  in_wamid: string | null;
  in_direction: 'in' | 'out' | null;
  in_type: string | null;
  in_at: Date | null;
  in_content: Buffer | null;
  out_id: string | null;
  out_view: MessageView | null;
  out_at: Date | null;
  out_personal: Buffer | null;
  answered_at: Date | null;
}

/** A conversation as lists and its own page show it. */
export function conversationAnswer(row: ConversationFound, viewer: Viewer, now: Date) {
  const person = viewer.seesPeople ? readPersonal<Record<string, string>>(row.person ?? row.addressed) : undefined;
  return {
    id: row.conversation_id,
    senderId: row.sender_id,
    phoneNumberId: row.phone_number_id,
    contact: { id: row.contact_id, ...person },
    window: windowOf(
      { inboundAt: row.inbound_at, entryAt: row.entry_at, answeredAt: row.answered_at, freeUntil: row.free_until },
      now,
    ),
    lastMessage: lastMessage(row, viewer),
    lastAt: row.last_at.toISOString(),
  };
}

function lastMessage(row: ConversationFound, { seesPeople }: Viewer) {
  const outIsLast = row.out_at !== null && (row.in_at === null || row.out_at > row.in_at);
  if (outIsLast) {
    const view = row.out_view!;
    const content = seesPeople ? readPersonal<{ payload?: unknown }>(row.out_personal)?.payload : undefined;
    return {
      direction: 'out',
      wamid: attemptsOf(view).findLast(({ wamid }) => wamid !== undefined)?.wamid ?? null,
      messageId: row.out_id,
      type: view.request?.content.type,
      at: row.out_at!.toISOString(),
      state: stateOf(view),
      ...(content === undefined ? {} : { content }),
    };
  }
  if (row.in_at === null) return null;
  const content = seesPeople ? readPersonal<unknown>(row.in_content) : undefined;
  return {
    direction: row.in_direction,
    wamid: row.in_wamid,
    type: row.in_type,
    at: row.in_at.toISOString(),
    ...(content === undefined ? {} : { content }),
  };
}
