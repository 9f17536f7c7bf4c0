import { EntitySchema } from 'typeorm';

export interface TrafficRow {
  senderId: string;
  bucket: Date;
  workspaceId: string;
  phoneNumberId: string;
  facts: number;
}

/** What came for each number, by ten minutes of our clock; kept for a little over a week. */
export const TrafficTable = new EntitySchema<TrafficRow>({
  name: 'traffic',
  columns: {
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    bucket: { type: 'timestamptz', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    phoneNumberId: { name: 'phone_number_id', type: 'text' },
    facts: { type: 'int' },
  },
});

export interface SilentSenderRow {
  senderId: string;
  workspaceId: string;
}

/** Numbers whose silence is an alarm now. */
export const SilentSenderTable = new EntitySchema<SilentSenderRow>({
  name: 'silent_sender',
  columns: {
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
  },
});
