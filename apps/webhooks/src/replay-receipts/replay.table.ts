import { EntitySchema } from 'typeorm';

export interface ReplayRow {
  id: string;
  workspaceId: string;
  receivedFrom: Date;
  receivedTo: Date;
  phoneNumberId: string | null;
  receiptId: string | null;
  lastId: string | null;
  receipts: number;
  facts: number;
  done: boolean;
}

/** Replays that an operator asked for, and how far each has come. */
export const ReplayTable = new EntitySchema<ReplayRow>({
  name: 'receipt_replay',
  columns: {
    id: { type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    receivedFrom: { name: 'received_from', type: 'timestamptz' },
    receivedTo: { name: 'received_to', type: 'timestamptz' },
    phoneNumberId: { name: 'phone_number_id', type: 'text', nullable: true },
    receiptId: { name: 'receipt_id', type: 'uuid', nullable: true },
    lastId: { name: 'last_id', type: 'uuid', nullable: true },
    receipts: { type: 'int' },
    facts: { type: 'int' },
    done: { type: 'boolean' },
  },
});
