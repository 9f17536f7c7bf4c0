import {
  GroupChangeReported,
  GroupMessageReceived,
  MarketingActivityReported,
  UnrecognisedChangeReceived,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';

const insertRawChanges = `
insert into raw_change (workspace_id, alias_key, shard, position)
select workspace_id, alias_key, shard, position
  from unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[]) as r (workspace_id, alias_key, shard, position)
on conflict do nothing`;

/**
 * Keeps where that stands which has people in it but is of no conversation, by the people whom it may name: what was not
 * understood, what is of groups, what came of advertisements.
 */
export function rawChanges(): Fold {
  return {
    kind: 'fold',
    name: 'webhooks:raw-changes',
    leavesSealed: true,
    hears: [UnrecognisedChangeReceived, GroupMessageReceived, GroupChangeReported, MarketingActivityReported],
    // Asked for by people who want to know what is held of them.
    restMs: 1_000,
    tables: ['raw_change'],
    async handle(events, tx) {
      const named = events.flatMap((event) => event.aliasKeys.map((aliasKey) => ({ event, aliasKey })));
      if (named.length === 0) return;
      const all = <T>(of: (event: RecordedEvent) => T): T[] => named.map(({ event }) => of(event));
      await tx.query(insertRawChanges, [
        all(({ workspaceId }) => workspaceId),
        named.map(({ aliasKey }) => aliasKey),
        all(({ shard }) => shard),
        all(({ position }) => position),
      ]);
    },
    async reset(tx) {
      await tx.query('delete from raw_change');
    },
  };
}
