import { EntitySchema } from 'typeorm';

export interface SenderRow {
  accountId: string;
  phoneNumberId: string;
  senderId: string;
  workspaceId: string;
}

/** Whose each number is: this service's own copy of what configuration discovered. */
export const SenderTable = new EntitySchema<SenderRow>({
  name: 'sender',
  columns: {
    accountId: { name: 'account_id', type: 'uuid', primary: true },
    phoneNumberId: { name: 'phone_number_id', type: 'text', primary: true },
    senderId: { name: 'sender_id', type: 'uuid' },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
  },
  indices: [{ name: 'sender_by_number', columns: ['phoneNumberId'] }],
});
