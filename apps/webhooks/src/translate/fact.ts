import { momentOf, type Person } from '@postrider/cloud-api-payloads';
import { aliasKeys, derivedId } from '@postrider/keys';

/** Whose entry is read, and when it came. */
export interface Reading {
  readonly workspaceId: string;
  readonly accountId: string;
  readonly wabaId: string;
  readonly identitySecret: Uint8Array;
  readonly receivedAt: Date;
  /** Meta's time of the entry, where it gave one (it does on account-side fields). */
  readonly entryTime?: number;
}

/** One event to append. Its id is made from Meta's ids: the same fact, repeated or batched differently, is one event. */
export interface Fact {
  readonly id: string;
  readonly streamId: string;
  readonly orderingKey: string;
  readonly aliasKeys: readonly string[];
  /** Whose keys seal the personal part, where these are not the alias keys alone. */
  readonly sealedFor?: readonly string[];
  readonly event: { readonly type: string; readonly data: unknown; readonly personal?: unknown };
}

/** What a translator throws for an item that it cannot make a fact of; the item is then kept raw. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

const aDayMs = 86_400_000;

/** Meta's seconds as an instant. A time far ahead would hold a window open for years, so it is not believed. */
export function instantOf(reading: Reading, seconds: string): string {
  const moment = momentOf(seconds);
  if (moment.getTime() > reading.receivedAt.getTime() + aDayMs) throw new NotUnderstood('its time lies ahead');
  return moment.toISOString();
}

/** One of our numbers. */
export interface NumberPlace {
  readonly accountId: string;
  readonly senderId: string;
  readonly wabaId: string;
  readonly phoneNumberId: string;
}

export function placeOf({ workspaceId, accountId, wabaId }: Reading, phoneNumberId: string): NumberPlace {
  return { accountId, senderId: derivedId.sender(workspaceId, phoneNumberId), wabaId, phoneNumberId };
}

export interface Place extends NumberPlace {
  readonly conversationId: string;
}

export interface Whereabouts {
  readonly place: Place;
  readonly streamId: string;
  readonly orderingKey: string;
  readonly aliasKeys: readonly string[];
}

/** By identity secret, which is one object per workspace: a person comes up once for each status, and costs four hashes. */
const remembered = new WeakMap<Uint8Array, Map<string, Whereabouts>>();
const rememberedMax = 20_000;

/** The conversation that a person has with one of our numbers; it goes by the first alias, the phone before the user id. */
export function whereabouts(reading: Reading, phoneNumberId: string, person: Person): Whereabouts {
  const known = remembered.get(reading.identitySecret) ?? new Map<string, Whereabouts>();
  remembered.set(reading.identitySecret, known);
  const name = `${reading.accountId} ${phoneNumberId} ${person.phone ?? ''} ${person.userId ?? ''}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  if (known.size >= rememberedMax) known.clear();
  const made = locate(reading, phoneNumberId, person);
  known.set(name, made);
  return made;
}

function locate(reading: Reading, phoneNumberId: string, person: Person): Whereabouts {
  const keys = keysOf(reading, person);
  const first = keys[0];
  if (first === undefined) throw new NotUnderstood('it names no person');
  const place = placeOf(reading, phoneNumberId);
  const conversationId = derivedId.conversation(place.senderId, first);
  return {
    place: { conversationId, ...place },
    streamId: conversationId,
    orderingKey: first,
    aliasKeys: keys,
  };
}

/** A person's alias keys. Text without digits would make all such people one. */
export function keysOf(reading: Reading, person: Person): string[] {
  if (person.phone !== undefined && !/^\+?\d{5,20}$/.test(person.phone))
    throw new NotUnderstood('the number is no number');
  return aliasKeys(reading.identitySecret, person);
}

/** The members that stand in an event's personal part. */
export function personalOf({ phone, userId, parentUserId, name, username }: Person): Person {
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(userId === undefined ? {} : { userId }),
    ...(parentUserId === undefined ? {} : { parentUserId }),
    ...(name === undefined ? {} : { name }),
    ...(username === undefined ? {} : { username }),
  };
}
