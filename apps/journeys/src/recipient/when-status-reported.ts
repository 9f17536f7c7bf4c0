import { StatusReported, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { reached } from './follow';
import { anyUnanswered, keepEarly, lockByMessage, meetEarly } from './recipients.sql';
import { writeChanges, type Recipient } from './standings';

interface Reached {
  sent: boolean;
  delivered: boolean;
  read: boolean;
  heardAt: Date;
}

/** Follows Meta's statuses of campaigns' messages. `onChanged` is told after each batch that held any. */
export function whenStatusReported(onChanged: () => void): Fold {
  return {
    kind: 'fold',
    name: 'journeys:campaign-statuses',
    leavesSealed: true,
    hears: [StatusReported],
    async handle(events, tx) {
      const said = saidOf(events as readonly (RecordedEvent & EventOf<typeof StatusReported>)[]);
      if (said.size === 0) return undefined;
      const { rows } = await tx.query<Recipient>(lockByMessage, [[...said.keys()]]);
      const early = leftOf(said, rows);
      if (early.size > 0 && (await tx.query(anyUnanswered)).rowCount > 0) rows.push(...(await keep(early, tx)));
      const before = new Map(rows.map((row) => [row.recipientId, row]));
      const after = new Map(
        rows.map((row) => {
          const { sent, delivered, read } = said.get(row.messageId!)!;
          const flags = { sent: row.sent || sent, delivered: row.delivered || delivered, read: row.read || read };
          return [row.recipientId, { ...row, ...flags }];
        }),
      );
      await writeChanges(tx, before, after);
      return rows.length > 0 ? onChanged : undefined;
    },
  };
}

function leftOf(said: ReadonlyMap<string, Reached>, rows: readonly Recipient[]): Map<string, Reached> {
  const left = new Map(said);
  for (const { messageId } of rows) left.delete(messageId!);
  return left;
}

/**
 * Keeps what came before dispatch's request. Most are of messages that no campaign asked for; they go when the request
 * says so, or in a day. Answers the recipients that became known while it waited.
 */
async function keep(early: Map<string, Reached>, tx: Tx): Promise<Recipient[]> {
  await tx.query(meetEarly);
  const { rows } = await tx.query<Recipient>(lockByMessage, [[...early.keys()]]);
  const left = leftOf(early, rows);
  const flags = [...left.values()];
  await tx.query(keepEarly, [
    [...left.keys()],
    flags.map(({ sent }) => sent),
    flags.map(({ delivered }) => delivered),
    flags.map(({ read }) => read),
    flags.map(({ heardAt }) => heardAt),
  ]);
  return rows;
}

function saidOf(events: readonly (RecordedEvent & EventOf<typeof StatusReported>)[]): Map<string, Reached> {
  const said = new Map<string, Reached>();
  for (const { data, at } of events) {
    const { messageId, status } = data;
    const now = reached(status);
    if (messageId === undefined || !now.sent) continue;
    const known = said.get(messageId);
    said.set(messageId, {
      sent: true,
      delivered: now.delivered || known?.delivered === true,
      read: now.read || known?.read === true,
      heardAt: at,
    });
  }
  return said;
}
