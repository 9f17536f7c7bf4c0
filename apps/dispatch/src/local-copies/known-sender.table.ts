import { EntitySchema } from 'typeorm';

export interface KnownSender {
  senderId: string;
  workspaceId: string;
  accountId: string;
  phoneNumberId: string;
  status: string;
  throughputPerSecond: number;
  /** An operator's pause. */
  pausedBecause: string | null;
}

export const KnownSenderTable = new EntitySchema<KnownSender>({
  name: 'known_sender',
  columns: {
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    accountId: { name: 'account_id', type: 'uuid' },
    phoneNumberId: { name: 'phone_number_id', type: 'text' },
    status: { type: 'text' },
    throughputPerSecond: { name: 'throughput_per_second', type: 'int' },
    pausedBecause: { name: 'paused_because', type: 'text', nullable: true },
  },
});
