import { readMessages, type Metadata, type WireContact, type Item } from '@postrider/cloud-api-payloads';
import { MessageImported } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { instantOf, NotUnderstood, personalOf, whereabouts, type Fact, type Reading } from './fact';
import { translateDeclined } from './translate-account-side';
import { contentOf } from './translate-message';

type Json = Readonly<Record<string, unknown>>;
export type Attempt = (raw: unknown, translate: () => Fact) => Fact[];

/** The conversations that a business shared when its number was connected beside the WhatsApp Business app. */
export function translateHistory(
  reading: Reading,
  {
    metadata,
    contacts,
    chunk,
    attempt,
  }: { metadata: Metadata | undefined; contacts: readonly Item<WireContact>[]; chunk: Json; attempt: Attempt },
): Fact[] {
  const threads = Array.isArray(chunk.threads) ? (chunk.threads as unknown[]) : undefined;
  if (threads === undefined) return attempt(chunk, () => declined(reading, metadata, chunk));
  return threads.flatMap((thread) => {
    const { id, messages } = (typeof thread === 'object' && thread !== null ? thread : {}) as Json;
    if (typeof id !== 'string' || !Array.isArray(messages))
      return attempt(thread, () => notTaken('it is not a thread of messages'));
    return readMessages({ messages }).messages.flatMap((item) =>
      attempt(item.raw, () => {
        if (!item.ok) return notTaken(item.problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
        return imported(reading, { metadata, contacts, thread: id, message: item.value, raw: item.raw as Json });
      }),
    );
  });
}

function declined(reading: Reading, metadata: Metadata | undefined, { errors }: Json): Fact {
  if (!Array.isArray(errors) || metadata === undefined)
    return notTaken('it holds neither threads nor why there are none');
  return translateDeclined(reading, metadata.phone_number_id, errors as unknown[]);
}

function notTaken(because: string): never {
  throw new NotUnderstood(because);
}

type Message = Extract<ReturnType<typeof readMessages>['messages'][number], { ok: true }>['value'];

function imported(
  reading: Reading,
  told: {
    metadata: Metadata | undefined;
    contacts: readonly Item<WireContact>[];
    thread: string;
    message: Message;
    raw: Json;
  },
): Fact {
  const { metadata, thread, message, raw } = told;
  if (metadata === undefined) return notTaken('it does not say which number it came to');
  const name = told.contacts.flatMap((each) =>
    each.ok && each.value.wa_id === thread ? [each.value.profile?.name] : [],
  )[0];
  const person = { phone: thread, ...(name === undefined ? {} : { name }) };
  const { place, ...stream } = whereabouts(reading, metadata.phone_number_id, person);
  const status = (raw.history_context as Json | undefined)?.status;
  const repliesTo = message.context?.id;
  return {
    id: derivedId.fact('history', place.senderId, message.id),
    ...stream,
    event: MessageImported.of(
      {
        ...place,
        happenedAt: instantOf(reading, message.timestamp),
        wamid: message.id,
        messageType: message.type,
        direction: message.from !== undefined && digits(message.from) === digits(thread) ? 'in' : 'out',
        ...(typeof status === 'string' ? { status } : {}),
        ...(repliesTo === undefined ? {} : { repliesTo }),
      },
      { ...personalOf(person), message: contentOf(raw) },
    ),
  };
}

const digits = (text: string): string => text.replace(/\D/g, '');
