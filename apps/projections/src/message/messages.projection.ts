import {
  AttemptFailed,
  AttemptNotSent,
  DuplicateSendDetected,
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
  StatusReported,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { keptPart } from '@postrider/event-store';
import type { Fold, Tx } from '@postrider/messaging';
import { isA } from '../is-a';
import { jsonbText } from '../jsonb-text';
import { ensureMessages } from './ensure-messages.sql';
import { lockMessages } from './lock-messages.sql';
import { columnsOf } from './message-row';
import { emptyView, joined, storedView, type MessageView } from './message-view';
import { claimWamids, keepStrays, messagesOfWamids, shareWamids, takeStrays } from './stray-statuses.sql';
import { updateMessages } from './update-messages.sql';

/** What a batch of events did to one message. */
export interface MessageChange {
  readonly messageId: string;
  readonly workspaceId: string;
  readonly before: MessageView;
  readonly after: MessageView;
}

/** Keeps what follows from messages, such as counters, in step: in the same transaction, from the old view and the new. */
export interface MessageFollower {
  readonly tables: readonly string[];
  follow(changes: readonly MessageChange[], tx: Tx): Promise<void>;
}

/** Each message's life, and whatever follows from it. */
export function messages(followers: readonly MessageFollower[]): Fold {
  const tables = ['message', 'stray_status', ...followers.flatMap((follower) => follower.tables)];
  return {
    kind: 'fold',
    name: 'projections:messages',
    leavesSealed: true,
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
      DuplicateSendDetected,
      MessageFailed,
      MessageCancelled,
      MessageExpired,
      StatusReported,
    ],
    tables,
    async handle(events, tx) {
      const byMessage = await gather(events, tx);
      if (byMessage.size === 0) return;
      const changes = await joinViews(byMessage, tx);
      if (changes.length === 0) return;
      for (const follower of followers) await follower.follow(changes, tx);
    },
    async reset(tx) {
      for (const table of tables) await tx.query(`delete from ${table}`);
    },
  };
}

type ByMessage = Map<string, RecordedEvent[]>;

/** The events of each message. A status without our callback data is matched by its wamid, now or when that is known. */
async function gather(events: readonly RecordedEvent[], tx: Tx): Promise<ByMessage> {
  const byMessage: ByMessage = new Map();
  const add = (messageId: string, event: RecordedEvent): void => {
    byMessage.set(messageId, [...(byMessage.get(messageId) ?? []), event]);
  };
  const strays: RecordedEvent<string, { wamid: string }>[] = [];
  const madeKnown = new Map<string, string>();
  for (const event of events) {
    const { messageId, wamid } = event.data as { messageId?: string; wamid?: string };
    if (messageId !== undefined) add(messageId, event);
    else if (isA(StatusReported, event)) strays.push(event);
    const tellsWamid = isA(MessageAccepted, event) || isA(OutcomeResolved, event);
    if (tellsWamid && messageId !== undefined && wamid !== undefined) madeKnown.set(wamid, messageId);
  }
  // Before any row is locked, so that the two can wait for each other in one order only.
  if (strays.length > 0) await tx.query(claimWamids);
  else if (madeKnown.size > 0) await tx.query(shareWamids);
  if (madeKnown.size > 0) {
    const { rows } = await tx.query<{ wamid: string; event: RecordedEvent }>(takeStrays, [[...madeKnown.keys()]]);
    for (const { wamid, event } of rows) add(madeKnown.get(wamid)!, { ...event, at: new Date(event.at) });
  }
  if (strays.length > 0) {
    const found = new Map(madeKnown);
    const { rows } = await tx.query<{ message_id: string; wamid: string }>(messagesOfWamids, [
      strays.map((event) => event.data.wamid),
    ]);
    for (const row of rows) found.set(row.wamid, row.message_id);
    const unknown = strays.filter((event) => !found.has(event.data.wamid));
    for (const event of strays) if (!unknown.includes(event)) add(found.get(event.data.wamid)!, event);
    if (unknown.length > 0)
      await tx.query(keepStrays, [unknown.map(({ personal: _, sealed: __, ...event }) => jsonbText(event))]);
  }
  return byMessage;
}

async function joinViews(byMessage: ByMessage, tx: Tx): Promise<MessageChange[]> {
  const ids = [...byMessage.keys()].sort();
  await tx.query(ensureMessages, [ids, ids.map((id) => byMessage.get(id)![0]!.workspaceId)]);
  const { rows } = await tx.query<{ message_id: string; view: MessageView }>(lockMessages, [ids]);
  const before = new Map(rows.map((row) => [row.message_id, row.view]));
  const changes = ids.flatMap((messageId): MessageChange[] => {
    const events = byMessage.get(messageId)!;
    const old = before.get(messageId) ?? emptyView;
    const after = events.reduce(joined, old);
    return after === old ? [] : [{ messageId, workspaceId: events[0]!.workspaceId, before: old, after }];
  });
  if (changes.length === 0) return changes;
  const updates = changes.map(({ messageId, after }) => ({
    message_id: messageId,
    ...columnsOf(after),
    ...storedView(after),
    personal: personalOf(byMessage.get(messageId)!),
  }));
  await tx.query(updateMessages, [jsonbText(updates)]);
  return changes;
}

/** Who it is for and what it says, sealed as it came. */
function personalOf(events: readonly RecordedEvent[]): string | null {
  const request = events.find((event) => isA(MessageRequested, event));
  return (request && keptPart(request)?.toString('base64')) ?? null;
}
