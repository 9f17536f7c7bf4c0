import { SendingPaused, SendingResumed, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';

type Heard = RecordedEvent & (EventOf<typeof SendingPaused> | EventOf<typeof SendingResumed>);

/** Keeps where sending is paused. */
export function whenSendingPaused(): Fold {
  return {
    kind: 'fold',
    name: 'dispatch:pauses',
    hears: [SendingPaused, SendingResumed],
    tables: ['sending_pause'],
    async handle(events, tx) {
      for (const event of events as readonly Heard[]) {
        if (event.type === 'SendingResumed') {
          await tx.query('delete from sending_pause where scope_id = $1', [event.data.scopeId]);
          continue;
        }
        const { scopeId, scope, error, until } = event.data;
        await tx.query(
          `insert into sending_pause values ($1, $2, $3, $4)
           on conflict (scope_id) do update set code = excluded.code, until = excluded.until`,
          [scopeId, scope, error.code, until ?? null],
        );
      }
    },
  };
}
