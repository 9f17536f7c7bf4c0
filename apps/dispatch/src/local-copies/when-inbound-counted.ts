import { MessageReceived, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { countInbound } from './inbound-seconds.sql';

type Received = RecordedEvent & EventOf<typeof MessageReceived>;

/** Counts what comes in to each sender, second by second, by when it came to us. */
export function whenInboundCounted(): Fold {
  return {
    kind: 'fold',
    name: 'dispatch:inbound-count',
    hears: [MessageReceived],
    tables: ['inbound_second'],
    async handle(events, tx) {
      const received = events as readonly Received[];
      await tx.query(countInbound, [received.map(({ data }) => data.senderId), received.map(({ at }) => at)]);
    },
  };
}
