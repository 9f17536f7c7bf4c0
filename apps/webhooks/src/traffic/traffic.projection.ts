import { MessageReceived, StatusReported, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { addTraffic } from './add-traffic.sql';

const bucketMs = 10 * 60_000;

export interface Traffic {
  readonly sender_id: string;
  readonly bucket: string;
  readonly workspace_id: string;
  readonly phone_number_id: string;
  readonly facts: number;
}

/** How much came for each number in each ten minutes. */
export function trafficOf(events: readonly RecordedEvent[]): Traffic[] {
  const counted = new Map<string, Traffic>();
  for (const { data, at, workspaceId } of events) {
    const { senderId, phoneNumberId } = data as { senderId: string; phoneNumberId: string };
    const bucket = new Date(Math.floor(at.getTime() / bucketMs) * bucketMs).toISOString();
    const key = `${senderId} ${bucket}`;
    const facts = (counted.get(key)?.facts ?? 0) + 1;
    counted.set(key, { sender_id: senderId, bucket, workspace_id: workspaceId, phone_number_id: phoneNumberId, facts });
  }
  return [...counted.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, traffic]) => traffic);
}

/** Keeps when each number had traffic, so that its silence can be told from its nights. */
export function traffic(): Fold {
  return {
    kind: 'fold',
    name: 'webhooks:traffic',
    leavesSealed: true,
    hears: [MessageReceived, StatusReported],
    // Silence is looked for by the minute.
    restMs: 1_000,
    tables: ['traffic'],
    async handle(events, tx) {
      await tx.query(addTraffic, [JSON.stringify(trafficOf(events))]);
    },
    async reset(tx) {
      await tx.query('delete from traffic');
    },
  };
}
