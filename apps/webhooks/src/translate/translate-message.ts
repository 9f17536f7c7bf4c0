import type { InboundMessage, Person } from '@postrider/cloud-api-payloads';
import {
  GroupMessageReceived,
  MessageEdited,
  MessageReceived,
  MessageRevoked,
  ReactionReceived,
} from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { instantOf, keysOf, personalOf, placeOf, whereabouts, type Fact, type Place, type Reading } from './fact';
import { translateSystem } from './translate-system';

export interface Inbound {
  readonly phoneNumberId: string;
  readonly person: Person;
  readonly message: InboundMessage;
  /** The message as it came. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Whether another answers the thread, so that we only hear of it. */
  readonly standby: boolean;
}

/** What a person sent to one of our numbers. */
export function translateMessage(reading: Reading, inbound: Inbound): Fact {
  const { phoneNumberId, person, message } = inbound;
  if (message.group_id !== undefined) return translateGroupMessage(reading, inbound, message.group_id);
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
  { message, person, raw, standby }: Inbound,
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
      ...(standby ? { standby } : {}),
    },
    content,
  );
}

/** What a person wrote in a group is no part of what they and the number say to each other. */
function translateGroupMessage(
  reading: Reading,
  { phoneNumberId, person, message, raw }: Inbound,
  groupId: string,
): Fact {
  const place = placeOf(reading, phoneNumberId);
  const streamId = derivedId.accountSide(reading.accountId);
  const repliesTo = message.context?.id;
  const data = {
    ...{ ...place, happenedAt: instantOf(reading, message.timestamp), groupId },
    ...{ wamid: message.id, messageType: message.type },
    ...(repliesTo === undefined ? {} : { repliesTo }),
  };
  return {
    id: derivedId.fact('group-message', place.senderId, message.id),
    ...{ streamId, orderingKey: streamId, aliasKeys: keysOf(reading, person) },
    event: GroupMessageReceived.of(data, { ...personalOf(person), message: contentOf(raw) }),
  };
}

const envelope = new Set(['id', 'timestamp', 'from', 'from_user_id', 'from_parent_user_id', 'to', 'to_user_id']);

/** The words and their surroundings as Meta spelt them, without who and when, which stand beside them. */
export function contentOf(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).filter(([member]) => !envelope.has(member)));
}
