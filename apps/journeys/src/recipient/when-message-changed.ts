import {
  AttemptFailed,
  AttemptNotSent,
  CommandRejected,
  ConsentRevoked,
  MessageAccepted,
  MessageCancelled,
  MessageExpired,
  MessageFailed,
  MessageHeld,
  MessageRefused,
  MessageReleased,
  MessageRequested,
  OutcomeResolved,
  OutcomeUnknown,
  SendAttempted,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { readCommandKey } from './command-key';
import { follow } from './follow';
import { lockById, lockByMessage, lockByPerson, meetEarly, takeEarly } from './recipients.sql';
import { writeChanges, type Recipient } from './standings';

const followed = {
  hears: [
    MessageRequested,
    MessageRefused,
    MessageHeld,
    MessageReleased,
    SendAttempted,
    AttemptNotSent,
    MessageAccepted,
    AttemptFailed,
    OutcomeUnknown,
    OutcomeResolved,
    MessageFailed,
    MessageCancelled,
    MessageExpired,
    CommandRejected,
    ConsentRevoked,
  ],
} as const;

type Heard = RecordedEvent & EventOf<(typeof followed.hears)[number]>;

export const messagesFold = 'journeys:campaign-messages';

/** An opt-out counts against a campaign whose message went out within this time. */
const optOutHours = 72;

/** Follows the messages that campaigns asked for. `onChanged` is told after each batch that held any. */
export function whenMessageChanged(onChanged: () => void): Fold {
  return {
    kind: 'fold',
    name: messagesFold,
    hears: followed.hears,
    async handle(events, tx) {
      const heard = events as readonly Heard[];
      const before = await locked(heard, tx);
      const after = new Map(before);
      const byMessage = new Map<string, string>();
      for (const { messageId, recipientId } of before.values()) if (messageId) byMessage.set(messageId, recipientId);
      const early = await earlyStatuses(heard, tx);
      for (const event of heard) apply(event, { after, byMessage, early });
      await writeChanges(tx, before, after);
      return before.size > 0 ? onChanged : undefined;
    },
  };
}

interface Working {
  readonly after: Map<string, Recipient>;
  readonly byMessage: Map<string, string>;
  readonly early: ReadonlyMap<string, { sent: boolean; delivered: boolean; read: boolean }>;
}

function apply(event: Heard, { after, byMessage, early }: Working): void {
  if (event.type === 'ConsentRevoked') return revoke(event, after);
  if (event.type === 'CommandRejected') return reject(event, after);
  const { messageId } = event.data;
  if (event.type === 'MessageRequested') {
    const recipient = after.get(recipientIn(event) ?? '');
    if (recipient === undefined || recipient.messageId !== null) return;
    const at = early.get(messageId) ?? {};
    byMessage.set(messageId, recipient.recipientId);
    after.set(recipient.recipientId, { ...recipient, ...follow(recipient, event), ...at, messageId });
    return;
  }
  const recipient = after.get(byMessage.get(messageId) ?? '');
  if (recipient) after.set(recipient.recipientId, { ...recipient, ...follow(recipient, event) });
}

function reject(event: EventOf<typeof CommandRejected>, after: Map<string, Recipient>): void {
  const key = readCommandKey(event.data.idempotencyKey ?? '');
  const recipient = after.get(key?.recipientId ?? '');
  if (!recipient || recipient.attempt !== key?.attempt || recipient.messageId !== null) return;
  after.set(recipient.recipientId, { ...recipient, state: 'refused', code: event.data.code });
}

/** Whoever of the batch is this person and was written to. */
function revoke(event: RecordedEvent & EventOf<typeof ConsentRevoked>, after: Map<string, Recipient>): void {
  const keys = new Set(event.aliasKeys);
  for (const recipient of after.values()) {
    if (keys.has(recipient.personKey) && recipient.messageId !== null) {
      after.set(recipient.recipientId, { ...recipient, optedOut: true });
    }
  }
}

/** The recipient that a message was asked for; a test send names none. */
function recipientIn({ data }: EventOf<typeof MessageRequested>): string | undefined {
  return data.origin.kind === 'campaign' && data.test !== true ? data.reference : undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All recipients that the batch concerns, locked one statement after the other in a fixed order. */
async function locked(events: readonly Heard[], tx: Tx): Promise<Map<string, Recipient>> {
  const messages = new Set<string>();
  const recipients = new Set<string>();
  const people = new Set<string>();
  let revokedAt = Infinity;
  for (const event of events) {
    if (event.type === 'ConsentRevoked') {
      for (const key of event.aliasKeys) people.add(key);
      revokedAt = Math.min(revokedAt, event.at.getTime());
    } else if (event.type === 'CommandRejected') {
      const key = readCommandKey(event.data.idempotencyKey ?? '');
      if (key) recipients.add(key.recipientId);
    } else if (event.type === 'MessageRequested') {
      const recipient = recipientIn(event);
      if (recipient !== undefined && uuid.test(recipient)) recipients.add(recipient);
    } else messages.add(event.data.messageId);
  }
  const found = new Map<string, Recipient>();
  const lock = async (statement: string, values: readonly unknown[]): Promise<void> => {
    const { rows } = await tx.query<Recipient>(statement, values);
    for (const row of rows) found.set(row.recipientId, row);
  };
  if (recipients.size > 0) await lock(lockById, [[...recipients]]);
  if (messages.size > 0) await lock(lockByMessage, [[...messages]]);
  if (people.size > 0) await lock(lockByPerson, [[...people], new Date(revokedAt - optOutHours * 3_600_000)]);
  return found;
}

async function earlyStatuses(events: readonly Heard[], tx: Tx): Promise<Working['early']> {
  const requested = events.flatMap((event) => (event.type === 'MessageRequested' ? [event.data.messageId] : []));
  if (requested.length === 0) return new Map();
  if (events.some((event) => event.type === 'MessageRequested' && recipientIn(event) !== undefined)) {
    await tx.query(meetEarly);
  }
  type Early = { messageId: string; sent: boolean; delivered: boolean; read: boolean };
  const { rows } = await tx.query<Early>(takeEarly, [requested]);
  return new Map(rows.map(({ messageId, ...flags }) => [messageId, flags]));
}
