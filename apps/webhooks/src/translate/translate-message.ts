import type { InboundMessage, Person } from '@postrider/cloud-api-payloads';
import { MessageEdited, MessageReceived, MessageRevoked, ReactionReceived } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { instantOf, NotUnderstood, personalOf, whereabouts, type Fact, type Place, type Reading } from './fact';
import { translateSystem } from './translate-system';

export interface Inbound {
  readonly phoneNumberId: string;
  readonly person: Person;
  readonly message: InboundMessage;
  /** The message as it came. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What a person sent to one of our numbers. */
export function translateMessage(reading: Reading, inbound: Inbound): Fact {
  const { phoneNumberId, person, message } = inbound;
  if (message.group_id !== undefined) throw new NotUnderstood('messages of groups are not taken');
  if (message.type === 'system') return translateSystem(reading, inbound);
  const { place, ...stream } = whereabouts(reading, phoneNumberId, person);
  const told = { ...place, happenedAt: instantOf(reading, message.timestamp), wamid: message.id };
  return {
    id: derivedId.fact('message', place.senderId, message.id),
    ...stream,
    event: eventOf(inbound, told),
  };
}

function eventOf(
  { message, person, raw }: Inbound,
  told: Place & { readonly happenedAt: string; readonly wamid: string },
): Fact['event'] {
  const content = { ...personalOf(person), message: contentOf(raw) };
  if (message.type === 'reaction' && message.reaction) {
    const { message_id: reactsTo, emoji } = message.reaction;
    return ReactionReceived.of({ ...told, reactsTo, removed: emoji === undefined || emoji === '' }, content);
  }
  if (message.type === 'edit' && message.edit)
    return MessageEdited.of({ ...told, edits: message.edit.original_message_id }, content);
  if (message.type === 'revoke' && message.revoke)
    return MessageRevoked.of({ ...told, revokes: message.revoke.original_message_id }, personalOf(person));
  const repliesTo = message.context?.id;
  const referral = message.referral && {
    sourceType: message.referral.source_type ?? 'unknown',
    ...(message.referral.source_id === undefined ? {} : { sourceId: message.referral.source_id }),
  };
  return MessageReceived.of(
    {
      ...told,
      messageType: message.type,
      ...(repliesTo === undefined ? {} : { repliesTo }),
      ...(referral === undefined ? {} : { referral }),
    },
    content,
  );
}

const envelope = new Set(['id', 'timestamp', 'from', 'from_user_id', 'from_parent_user_id', 'to', 'to_user_id']);

/** The words and their surroundings as Meta spelt them, without who and when, which stand beside them. */
export function contentOf(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).filter(([member]) => !envelope.has(member)));
}
