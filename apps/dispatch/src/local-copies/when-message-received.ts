import { MessageReceived, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { upsertWindows } from './upsert-windows.sql';

export const windowCopy = 'dispatch:window-copy';

/** Keeps when people last wrote, under every alias that Meta showed; free text may follow within 24 hours. */
export function whenMessageReceived(): Fold {
  return {
    kind: 'fold',
    name: windowCopy,
    hears: [MessageReceived],
    tables: ['service_window'],
    async handle(events, tx) {
      const seen = (events as readonly (RecordedEvent & EventOf<typeof MessageReceived>)[]).flatMap((event) =>
        event.aliasKeys.map((key) => ({ key, sender: event.data.senderId, at: event.data.happenedAt })),
      );
      if (seen.length === 0) return;
      await tx.query(upsertWindows, [
        seen.map(({ sender }) => sender),
        seen.map(({ key }) => key),
        seen.map(({ at }) => at),
      ]);
    },
  };
}
