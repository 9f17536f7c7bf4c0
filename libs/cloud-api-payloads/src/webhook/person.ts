import type { InboundMessage } from './inbound-message';
import type { MessageStatus } from './message-status';
import type { Item, WireContact } from './wire';

/** Who a message or a status is about. Phone or user id may be missing; the username is for display, never a key. */
export interface Person {
  readonly phone?: string;
  readonly userId?: string;
  readonly parentUserId?: string;
  readonly name?: string;
  readonly username?: string;
}

const userIdForm = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Whether an identifier is a business-scoped user id; some deliveries carry one where a phone stands otherwise. */
export const isUserId = (identifier: string): boolean => userIdForm.test(identifier);

const defined = (person: { [K in keyof Person]: Person[K] | undefined }): Person =>
  Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined && value !== ''));

function person(address: string | undefined, userId: string | undefined, parentUserId: string | undefined): Person {
  const isUser = address !== undefined && isUserId(address);
  return defined({
    phone: isUser ? undefined : address,
    userId: userId ?? (isUser ? address : undefined),
    parentUserId,
  });
}

function contactOf(known: Person, contacts: readonly Item<WireContact>[]): WireContact | undefined {
  const readable = contacts.flatMap((contact) => (contact.ok ? [contact.value] : []));
  return (
    readable.find((each) => known.userId !== undefined && each.user_id === known.userId) ??
    readable.find((each) => known.phone !== undefined && each.wa_id === known.phone) ??
    (readable.length === 1 && known.userId === undefined && known.phone === undefined ? readable[0] : undefined)
  );
}

function completed(known: Person, contact: WireContact | undefined): Person {
  if (!contact) return known;
  const fromContact = person(contact.wa_id, contact.user_id, contact.parent_user_id);
  return { ...defined({ name: contact.profile?.name, username: contact.profile?.username }), ...fromContact, ...known };
}

/** The person who sent a message, with what the delivery's contacts tell of them. */
export function senderOf(message: InboundMessage, contacts: readonly Item<WireContact>[]): Person {
  const known = person(message.from, message.from_user_id, message.from_parent_user_id);
  return completed(known, contactOf(known, contacts));
}

/** The person whom a status is about; in a group the participant, where Meta names one. */
export function recipientOf(status: MessageStatus, contacts: readonly Item<WireContact>[]): Person {
  const group = status.recipient_type === 'group';
  const known = person(
    group ? status.recipient_participant_id : status.recipient_id,
    group ? status.recipient_participant_user_id : status.recipient_user_id,
    status.recipient_parent_user_id,
  );
  return completed(known, contactOf(known, contacts));
}
