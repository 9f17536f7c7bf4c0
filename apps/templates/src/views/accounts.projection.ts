import { BusinessAccountConnected, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';

export const accountsReader = 'templates:accounts';
type Connected = RecordedEvent & EventOf<typeof BusinessAccountConnected>;

/** Which business accounts there are. */
export function accountsProjection(): Fold {
  return {
    kind: 'fold',
    name: accountsReader,
    hears: [BusinessAccountConnected],
    async handle(events, tx) {
      const connected = events as readonly Connected[];
      await tx.query(
        `insert into account (id, workspace_id, waba_id)
         select * from unnest($1::uuid[], $2::uuid[], $3::text[]) on conflict (id) do nothing`,
        [
          connected.map(({ data }) => data.accountId),
          connected.map(({ workspaceId }) => workspaceId),
          connected.map(({ data }) => data.wabaId),
        ],
      );
    },
    async reset(tx) {
      await tx.query('delete from account');
    },
  };
}
