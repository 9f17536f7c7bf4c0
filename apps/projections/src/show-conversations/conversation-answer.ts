import { windowOf } from '../conversation/window';
import { attemptsOf, stateOf } from '../message/message-state';
import type { MessageView } from '../message/message-view';
import type { ReadPersonal } from '../read-personal';

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
  handover: string | null;
  owner: string | null;
  handed_at: Date | null;
}

interface Told {
  readonly to?: PersonShown;
  readonly message?: unknown;
  readonly phone?: string;
  readonly userId?: string;
  readonly name?: string;
  readonly username?: string;
}
type PersonShown = Pick<Told, 'phone' | 'userId' | 'name' | 'username'>;

/** What a list or a page shows of people: who it is, and what was said last on either side. */
export interface PeopleShown {
  readonly person: PersonShown | undefined;
  readonly said: unknown;
  readonly written: unknown;
}

/** Opens what rows hold of people, all at once. */
export async function peopleOf(rows: readonly ConversationFound[], read: ReadPersonal): Promise<PeopleShown[]> {
  const told = await read<Told>(rows.flatMap((row) => [row.person ?? row.addressed, row.in_content]));
  const written = await read<{ payload?: unknown }>(rows.map((row) => row.out_personal));
  return rows.map((_, at) => ({
    person: personOf(told[2 * at]),
    said: told[2 * at + 1]?.message,
    written: written[at]?.payload,
  }));
}

function personOf(told: Told | undefined): PersonShown | undefined {
  if (told === undefined) return undefined;
  const { phone, userId, name, username } = told.to ?? told;
  return { phone, userId, name, username };
}

/** A conversation as lists and its own page show it. */
export function conversationAnswer(row: ConversationFound, shown: PeopleShown, now: Date) {
  return {
    id: row.conversation_id,
    senderId: row.sender_id,
    phoneNumberId: row.phone_number_id,
    contact: { id: row.contact_id, ...shown.person },
    window: windowOf(
      { inboundAt: row.inbound_at, entryAt: row.entry_at, answeredAt: row.answered_at, freeUntil: row.free_until },
      now,
    ),
    lastMessage: lastMessage(row, shown),
    lastAt: row.last_at.toISOString(),
    /** Since the last handover; null where Meta told of none. The owner is Meta's name of a role, null where it gave none. */
    threadControl: row.handed_at && { change: row.handover, owner: row.owner, since: row.handed_at.toISOString() },
  };
}

function lastMessage(row: ConversationFound, { said, written }: PeopleShown) {
  const outIsLast = row.out_at !== null && (row.in_at === null || row.out_at > row.in_at);
  if (outIsLast) {
    const view = row.out_view!;
    return {
      direction: 'out',
      wamid: attemptsOf(view).findLast(({ wamid }) => wamid !== undefined)?.wamid ?? null,
      messageId: row.out_id,
      type: view.request?.content.type,
      at: row.out_at!.toISOString(),
      state: stateOf(view),
      ...(written === undefined ? {} : { content: written }),
    };
  }
  if (row.in_at === null) return null;
  return {
    direction: row.in_direction,
    wamid: row.in_wamid,
    type: row.in_type,
    at: row.in_at.toISOString(),
    ...(said === undefined ? {} : { content: said }),
  };
}
