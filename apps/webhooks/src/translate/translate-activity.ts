import { createHash } from 'node:crypto';
import { senderOf, type InboundMessage, type Item, type Person, type WireContact } from '@postrider/cloud-api-payloads';
import { AddressBookReported, GroupChangeReported, MarketingActivityReported } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { instantOf, NotUnderstood, personalOf, placeOf, whereabouts, type Fact, type Reading } from './fact';
import { whomItNames } from './whom-it-names';

type Json = Readonly<Record<string, unknown>>;

/**
 * Meta gives these no id: the same words about the same number are the same fact. They may name several people, in
 * whatever place.
 */
function ofNumber(
  reading: Reading,
  phoneNumberId: string,
  parts: { kind: string; raw: Json; event: Fact['event'] },
): Fact {
  const hash = createHash('sha256').update(JSON.stringify(parts.raw)).digest('hex');
  const streamId = derivedId.accountSide(reading.accountId);
  const id = derivedId.fact(parts.kind, reading.accountId, phoneNumberId, hash);
  return { id, streamId, orderingKey: streamId, ...whomItNames(reading, parts.event.personal), event: parts.event };
}

/** A click on a marketing message's link, or a lead or purchase that an advertisement led to. */
export function translateActivity(
  reading: Reading,
  told: {
    phoneNumberId: string;
    kind: 'click' | 'conversion' | 'tracking';
    item: Json;
    contacts: readonly Item<WireContact>[];
  },
): Fact {
  const { phoneNumberId, kind, item, contacts } = told;
  const name = text(item.action_type) ?? text(item.event_name);
  if (name === undefined) throw new NotUnderstood('it does not say what happened');
  const data = { ...placeOf(reading, phoneNumberId), happenedAt: timeOf(reading, item), kind, name };
  const personal = { ...personalOf(onlyOne(contacts)), activity: { ...item } };
  return ofNumber(reading, phoneNumberId, { kind, raw: item, event: MarketingActivityReported.of(data, personal) });
}

/** These items name nobody; a delivery with one contact is about that one. */
const onlyOne = (contacts: readonly Item<WireContact>[]): Person =>
  contacts.length === 1 ? senderOf({} as InboundMessage, contacts) : {};

export function translateGroup(reading: Reading, told: { phoneNumberId: string; field: string; group: Json }): Fact {
  const { phoneNumberId, field, group } = told;
  const groupId = text(group.group_id);
  if (groupId === undefined) throw new NotUnderstood('it does not name its group');
  const [change, requestId] = [text(group.type), text(group.request_id)];
  const event = GroupChangeReported.of(
    {
      ...placeOf(reading, phoneNumberId),
      ...{ happenedAt: timeOf(reading, group), field, groupId },
      ...(change === undefined ? {} : { change }),
      ...(requestId === undefined ? {} : { requestId }),
    },
    { group: { ...group } },
  );
  return ofNumber(reading, phoneNumberId, { kind: field, raw: group, event });
}

/** Whom the business keeps in the address book of its WhatsApp Business app. */
export function translateAddressBook(reading: Reading, told: { phoneNumberId: string; item: Json }): Fact {
  const { phoneNumberId, item } = told;
  const contact = (item.contact ?? {}) as Json;
  const [phone, action] = [text(contact.phone_number), text(item.action)];
  if (item.type !== 'contact' || phone === undefined || action === undefined)
    throw new NotUnderstood('it is not a contact that was added, changed or removed');
  const name = text(contact.full_name) ?? text(contact.first_name);
  const person = { phone, ...(name === undefined ? {} : { name }) };
  const { place, ...stream } = whereabouts(reading, phoneNumberId, person);
  const at = timeOf(reading, (item.metadata ?? {}) as Json);
  const id = derivedId.fact('address-book', place.senderId, stream.orderingKey, action, at, name ?? '');
  return { id, ...stream, event: AddressBookReported.of({ ...place, happenedAt: at, action }, personalOf(person)) };
}

function timeOf(reading: Reading, { timestamp }: Json): string {
  if (typeof timestamp !== 'string' && typeof timestamp !== 'number') throw new NotUnderstood('it has no time');
  const seconds = String(timestamp);
  if (!/^\d{1,12}$/.test(seconds)) throw new NotUnderstood('its time is none');
  return instantOf(reading, seconds);
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
