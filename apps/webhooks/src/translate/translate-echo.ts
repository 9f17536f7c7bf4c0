import {
  senderOf,
  type EchoedMessage,
  type Item,
  type Metadata,
  type Person,
  type WireContact,
} from '@postrider/cloud-api-payloads';
import { MessageEchoed } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { instantOf, personalOf, whereabouts, type Fact, type Reading } from './fact';
import { contentOf } from './translate-message';

/** What our number said to a person by another way: the WhatsApp Business app, another application, Meta's agent. */
export function translateEcho(
  reading: Reading,
  echoed: {
    field: string;
    metadata: Metadata;
    contacts: readonly Item<WireContact>[];
    message: EchoedMessage;
    raw: Readonly<Record<string, unknown>>;
  },
): Fact {
  const { message, metadata, raw } = echoed;
  const person = otherSide(message, metadata, echoed.contacts);
  const { place, ...stream } = whereabouts(reading, metadata.phone_number_id, person);
  const repliesTo = message.context?.id;
  const changes = (message.edit ?? message.revoke)?.original_message_id;
  return {
    id: derivedId.fact('echo', place.senderId, message.id),
    ...stream,
    event: MessageEchoed.of(
      {
        ...place,
        happenedAt: instantOf(reading, message.timestamp),
        wamid: message.id,
        messageType: message.type,
        via: echoed.field,
        ...(repliesTo === undefined ? {} : { repliesTo }),
        ...(changes === undefined ? {} : { changes }),
      },
      { ...personalOf(person), message: contentOf(raw) },
    ),
  };
}

/** The side that is not our number; echoes were seen with either side as `to`. */
export function otherSide(
  message: EchoedMessage,
  { display_phone_number: ours }: Metadata,
  contacts: readonly Item<WireContact>[],
): Person {
  const toUs = ours !== undefined && message.to !== undefined && digits(message.to) === digits(ours);
  if (toUs) return senderOf(message, contacts);
  const { from: _, from_user_id: __, from_parent_user_id: ___, to, to_user_id: userId, ...rest } = message;
  const turned = {
    ...rest,
    ...(to === undefined ? {} : { from: to }),
    ...(userId === undefined ? {} : { from_user_id: userId }),
  };
  return senderOf(turned, contacts);
}

const digits = (text: string): string => text.replace(/\D/g, '');
