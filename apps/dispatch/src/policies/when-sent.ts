import {
  AttemptFailed,
  AttemptNotSent,
  MessageAccepted,
  MessageCancelled,
  MessageExpired,
  MessageFailed,
  MessageRefused,
  MessageRequested,
  OutcomeResolved,
  SendAttempted,
  StatusReported,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { enterArrivals, enterHeldBack, enterWaiting } from './count-sent.sql';
import type { SentRow } from './sent.table';
import { settleAll } from './settle-all';

const hears = [
  MessageRequested,
  SendAttempted,
  AttemptNotSent,
  MessageAccepted,
  AttemptFailed,
  OutcomeResolved,
  MessageFailed,
  MessageRefused,
  MessageCancelled,
  MessageExpired,
] as const;

type Heard = RecordedEvent & EventOf<(typeof hears)[number]>;
type Requested = RecordedEvent & EventOf<typeof MessageRequested>;

/** Meta holds marketing to a person back. */
const heldBackCode = 131049;

/**
 * Counts what people were sent, for caps, the portfolio's limit and spend: an attempt counts from its intent on, and is
 * given back once it is known to have failed. Unknown ones count.
 */
export function whenSent(): Fold {
  return {
    kind: 'fold',
    name: 'dispatch:sent',
    hears,
    async handle(events, tx) {
      const heard = events as readonly Heard[];
      await enter(
        heard.filter((event): event is Requested => event.type === 'MessageRequested'),
        tx,
      );
      const settled = new Map<string, { event: Heard; state: SentRow['state'] }>();
      for (const event of heard) {
        const state = stateAfter(event);
        if (state !== undefined) settled.set(event.streamId, { event, state });
      }
      const last = [...settled.values()];
      if (last.length > 0) {
        await settleAll(tx, [
          last.map(({ event }) => event.streamId),
          last.map(({ state }) => state),
          last.map(({ event }) => event.at),
          last.map(({ event }) => event.streamVersion),
        ]);
      }
      await keepHeldBack(heard, tx);
    },
  };
}

/** Marketing that arrived ends a row of refusals. */
export function whenMarketingArrived(): Fold {
  return {
    kind: 'fold',
    name: 'dispatch:marketing-arrivals',
    hears: [StatusReported],
    tables: ['marketing_arrival'],
    async handle(events, tx) {
      const arrived = (events as readonly (RecordedEvent & EventOf<typeof StatusReported>)[]).filter(
        ({ data }) => data.messageId !== undefined && (data.status === 'delivered' || data.status === 'read'),
      );
      if (arrived.length === 0) return;
      await tx.query(enterArrivals, [
        arrived.map(({ data }) => data.messageId),
        arrived.map(({ data }) => data.happenedAt),
      ]);
    },
  };
}

function stateAfter(event: Heard): SentRow['state'] | undefined {
  switch (event.type) {
    case 'SendAttempted':
    case 'MessageAccepted':
      return 'sent';
    case 'OutcomeResolved':
      return event.data.outcome === 'accepted' ? 'sent' : event.data.outcome === 'failed' ? 'back' : undefined;
    case 'MessageRequested':
      return undefined;
    default:
      return 'back';
  }
}

async function enter(requested: readonly Requested[], tx: Tx): Promise<void> {
  const going = requested.filter(({ data }) => data.decision.outcome !== 'refuse');
  if (going.length === 0) return;
  await tx.query(enterWaiting, [
    going.map(({ streamId }) => streamId),
    going.map(({ workspaceId }) => workspaceId),
    going.map(({ data }) => data.contactId),
    going.map(({ data }) => data.channelId),
    going.map(({ data }) => data.accountId),
    going.map(({ data }) => countedPurpose(data)),
    going.map(({ data }) => data.content.template !== undefined),
    going.map(({ data }) => data.country ?? null),
    going.map(({ at }) => at),
    going.map(({ streamVersion }) => streamVersion),
  ]);
}

/** Meta's category wins over the channel's purpose. */
export const countedPurpose = ({
  purpose,
  content,
}: Pick<Requested['data'], 'purpose' | 'content'>): 'marketing' | 'transactional' =>
  content.template?.category === 'MARKETING' ? 'marketing' : purpose;

async function keepHeldBack(heard: readonly Heard[], tx: Tx): Promise<void> {
  const held = heard.flatMap((event) =>
    (event.type === 'AttemptFailed' || event.type === 'MessageFailed') && event.data.error.metaCode === heldBackCode
      ? [{ id: event.streamId, attempt: event.data.attempt ?? 0, at: event.at }]
      : [],
  );
  if (held.length === 0) return;
  await tx.query(enterHeldBack, [
    held.map(({ id }) => id),
    held.map(({ attempt }) => attempt),
    held.map(({ at }) => at),
  ]);
}
