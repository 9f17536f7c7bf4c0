import { CallReported, MessageReceived, StatusReported } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { upsertWindows } from './upsert-windows.sql';
import { windowSign } from './window-signs';

export const windowCopy = 'dispatch:window-copy';

/**
 * Keeps when people last wrote or called, under every alias that Meta showed: free text may follow within 24 hours. And
 * when they came by an advertisement, and until when Meta then charges nothing.
 */
export function whenWindowOpened(): Fold {
  return {
    kind: 'fold',
    name: windowCopy,
    hears: [MessageReceived, CallReported, StatusReported],
    tables: ['service_window'],
    async handle(events, tx) {
      const seen = events.flatMap((event) => {
        const sign = windowSign(event);
        return sign === undefined ? [] : event.aliasKeys.map((key) => ({ key, ...sign }));
      });
      if (seen.length === 0) return;
      await tx.query(upsertWindows, [
        seen.map(({ senderId }) => senderId),
        seen.map(({ key }) => key),
        seen.map(({ inboundAt }) => inboundAt),
        seen.map(({ entryAt }) => entryAt),
        seen.map(({ freeUntil }) => freeUntil),
      ]);
    },
  };
}
