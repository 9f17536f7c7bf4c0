import { fold } from '@postrider/decider';
import {
  AttemptFailed,
  AttemptNotSent,
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
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import type { Fold, Tx } from '@postrider/messaging';
import { messageDecider } from '../message/message.decider';
import type { MessageEvent } from '../message/message-events';
import { dueOf } from './due-row';
import type { DueRow } from './due.table';
import type { FreshRequests } from './fresh-requests';
import { deleteDue, deleteLanded, takeOff, upsertDue } from './write-due.sql';

export const dueFold = 'dispatch:due';

type Heard = RecordedEvent & MessageEvent;

/**
 * Keeps what is due. The common story, request, attempt, acceptance, is written from the events at hand; any other is
 * read whole from the log and cut at the event that is being folded, so that folding again gives the same.
 * `onDue` is told of senders that have something to do.
 */
export function whenMessageChanged(
  log: Pick<EventLog, 'readStreams'>,
  onDue: (senderIds: ReadonlySet<string>) => void = () => undefined,
  fresh?: Pick<FreshRequests, 'keep'>,
): Fold {
  return {
    kind: 'fold',
    name: dueFold,
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
    ],
    tables: ['due'],
    // Nothing of a person stands in it.
    leavesSealed: true,
    // What is due is sent from here.
    urgent: true,
    async handle(events, tx) {
      const stories = new Map<string, Heard[]>();
      for (const event of events as readonly Heard[]) {
        const story = stories.get(event.streamId);
        if (story) story.push(event);
        else stories.set(event.streamId, [event]);
      }
      const senders = await write(stories, tx, log);
      return () => {
        if (fresh !== undefined) for (const requested of justRequested(stories)) fresh.keep(requested);
        if (senders.size > 0) onDue(senders);
      };
    },
  };
}

/** What nothing has happened to yet and is to go at once. */
const justRequested = (stories: ReadonlyMap<string, Heard[]>): Heard[] =>
  [...stories.values()].flatMap(([first, second]) =>
    first?.type === 'MessageRequested' && second === undefined && first.data.scheduledAt === undefined ? [first] : [],
  );

async function write(
  stories: ReadonlyMap<string, Heard[]>,
  tx: Tx,
  log: Pick<EventLog, 'readStreams'>,
): Promise<Set<string>> {
  const whole: Heard[][] = [];
  const begun: Heard[] = [];
  const landed: string[] = [];
  const longer = new Map<string, number>();
  for (const [id, story] of stories) {
    const last = story.at(-1)!;
    if (story[0]!.type === 'MessageRequested') whole.push(story);
    else if (isFirstAttempt(last) && story.length === 1) begun.push(last);
    else if (last.type === 'MessageAccepted' && story.every(isOfFirstAttempt)) landed.push(id);
    else longer.set(id, last.streamVersion);
  }
  if (begun.length > 0) await tx.query(takeOff, columnsOfFlights(begun));
  if (landed.length > 0) {
    const gone = new Set(
      (await tx.query<{ message_id: string }>(deleteLanded, [landed])).rows.map((row) => row.message_id),
    );
    for (const id of landed) if (!gone.has(id)) longer.set(id, stories.get(id)!.at(-1)!.streamVersion);
  }
  if (longer.size > 0) {
    const streams = await log.readStreams([...longer.keys()]);
    for (const [id, version] of longer) {
      whole.push(((streams.get(id) ?? []) as unknown as Heard[]).filter((event) => event.streamVersion <= version));
    }
  }
  return writeWhole(whole, tx);
}

const isFirstAttempt = (event: Heard): boolean => event.type === 'SendAttempted' && event.data.attempt === 1;

const isOfFirstAttempt = (event: Heard): boolean =>
  isFirstAttempt(event) || (event.type === 'MessageAccepted' && event.data.attempt === 1);

function columnsOfFlights(events: readonly Heard[]): unknown[][] {
  return [
    events.map(({ streamId }) => streamId),
    events.map((event) => (event.type === 'SendAttempted' ? event.data.fence : 0)),
    events.map(({ streamVersion }) => streamVersion),
    events.map(({ at }) => at),
  ];
}

async function writeWhole(stories: readonly Heard[][], tx: Tx): Promise<Set<string>> {
  const rows: DueRow[] = [];
  const over: string[] = [];
  for (const story of stories) {
    const last = story.at(-1);
    if (last === undefined) continue;
    const due = dueOf(fold(messageDecider, story), last.at);
    if (due === undefined) over.push(last.streamId);
    else {
      const { streamId: messageId, workspaceId, orderingKey: pairKey, streamVersion: version } = last;
      rows.push({ ...due, messageId, workspaceId, pairKey, version });
    }
  }
  if (rows.length > 0) await tx.query(upsertDue, columnsOf(rows));
  if (over.length > 0) await tx.query(deleteDue, [over]);
  return new Set(rows.filter(({ kind }) => kind === 'send' || kind === 'settle').map(({ senderId }) => senderId));
}

function columnsOf(rows: readonly DueRow[]): unknown[][] {
  return [
    rows.map((row) => row.messageId),
    rows.map((row) => row.workspaceId),
    rows.map((row) => row.senderId),
    rows.map((row) => row.channelId),
    rows.map((row) => row.contactId),
    rows.map((row) => row.pairKey),
    rows.map((row) => row.lane),
    rows.map((row) => row.kind),
    rows.map((row) => row.dueAt),
    rows.map((row) => row.heldBy),
    rows.map((row) => row.attempt),
    rows.map((row) => row.fence),
    rows.map((row) => row.version),
    rows.map((row) => row.campaignId),
    rows.map((row) => row.paceKey),
    rows.map((row) => row.pacePerSecond),
  ];
}
