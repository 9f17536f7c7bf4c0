import { SenderDiscovered, type EventOf } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { upsertSenders } from './upsert-senders.sql';

/** Keeps whose each number is. */
export function senders(): Fold {
  return {
    kind: 'fold',
    name: 'webhooks:senders',
    hears: [SenderDiscovered],
    async handle(events, tx) {
      const found = events.map(({ data, workspaceId }) => ({
        ...(data as EventOf<typeof SenderDiscovered>['data']),
        workspaceId,
      }));
      await tx.query(upsertSenders, [
        found.map(({ accountId }) => accountId),
        found.map(({ phoneNumberId }) => phoneNumberId),
        found.map(({ senderId }) => senderId),
        found.map(({ workspaceId }) => workspaceId),
      ]);
    },
    async reset(tx) {
      await tx.query('delete from sender');
    },
  };
}
