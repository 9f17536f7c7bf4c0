import { MessageReceived, SendAttempted, StatusReported, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { isA } from '../is-a';
import { addSenderTraffic } from './add-sender-traffic.sql';

export interface SenderTraffic {
  readonly sender_id: string;
  readonly minute: string;
  readonly workspace_id: string;
  readonly attempted: number;
  readonly received: number;
  readonly reported: number;
}

/** What went and came for each number in each minute. Meta counts both ways against a number's throughput. */
export function senderTraffic(events: readonly RecordedEvent[]): SenderTraffic[] {
  const counted = new Map<string, SenderTraffic>();
  for (const event of events) {
    const { senderId } = event.data as { senderId: string };
    const minute = `${event.at.toISOString().slice(0, 16)}:00.000Z`;
    const key = `${senderId} ${minute}`;
    const known = counted.get(key) ?? {
      ...{ sender_id: senderId, minute, workspace_id: event.workspaceId },
      ...{ attempted: 0, received: 0, reported: 0 },
    };
    counted.set(key, {
      ...known,
      attempted: known.attempted + (isA(SendAttempted, event) ? 1 : 0),
      received: known.received + (isA(MessageReceived, event) ? 1 : 0),
      reported: known.reported + (isA(StatusReported, event) ? 1 : 0),
    });
  }
  return [...counted.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, traffic]) => traffic);
}

/** Keeps how much each number sends and receives. */
export function senderTraffics(): Fold {
  return {
    kind: 'fold',
    name: 'projections:sender-traffic',
    leavesSealed: true,
    hears: [SendAttempted, MessageReceived, StatusReported],
    // Rates are shown by the minute.
    restMs: 500,
    tables: ['sender_traffic'],
    async handle(events, tx) {
      await tx.query(addSenderTraffic, [JSON.stringify(senderTraffic(events))]);
    },
    async reset(tx) {
      await tx.query('delete from sender_traffic');
    },
  };
}
