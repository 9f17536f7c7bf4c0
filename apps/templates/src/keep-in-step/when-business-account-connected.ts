import { BusinessAccountConnected, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Reaction } from '@postrider/messaging';
import { reactingTo } from '@postrider/service-host';
import type { SyncAccount } from './sync-account';

type Connected = RecordedEvent & EventOf<typeof BusinessAccountConnected>;
const name = 'templates:when-business-account-connected';

/** A newly connected account brings the templates that it has already. */
export function whenBusinessAccountConnected({ syncAccount }: { syncAccount: SyncAccount }): Reaction {
  return {
    kind: 'reaction',
    name,
    hears: [BusinessAccountConnected],
    async handle(events) {
      for (const event of events as readonly Connected[]) {
        const { accountId: id, wabaId } = event.data;
        await syncAccount({ id, wabaId, workspaceId: event.workspaceId }, reactingTo(event, name));
      }
    },
  };
}
