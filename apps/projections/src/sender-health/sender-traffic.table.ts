import { EntitySchema } from 'typeorm';

export interface SenderTrafficRow {
  senderId: string;
  minute: Date;
  workspaceId: string;
  attempted: number;
  received: number;
  reported: number;
}

export const SenderTrafficTable = new EntitySchema<SenderTrafficRow>({
  name: 'sender_traffic',
  columns: {
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    minute: { type: 'timestamptz', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    attempted: { type: 'int' },
    received: { type: 'int' },
    reported: { type: 'int' },
  },
});
