import { EntitySchema } from 'typeorm';

export interface ReceiptRow {
  id: string;
  receivedAt: Date;
  appId: string;
  workspaceIds: string[];
  wabaIds: string[];
  phoneNumberIds: string[];
  quarantined: string | null;
  facts: number;
  body: Buffer;
  /** Of the body as it came; null where it was stored before bodies were sealed. */
  bytes: number | null;
  /** Whom it holds; null where that is not known. */
  aliasKeys: string[] | null;
}

/** Deliveries as they came, for a number of days. Their ids (UUIDv7) tell when, so one index serves every question. */
export const ReceiptTable = new EntitySchema<ReceiptRow>({
  name: 'receipt',
  columns: {
    id: { name: 'id', type: 'uuid', primary: true },
    receivedAt: { name: 'received_at', type: 'timestamptz' },
    appId: { name: 'app_id', type: 'text' },
    workspaceIds: { name: 'workspace_ids', type: 'uuid', array: true },
    wabaIds: { name: 'waba_ids', type: 'text', array: true },
    phoneNumberIds: { name: 'phone_number_ids', type: 'text', array: true },
    quarantined: { name: 'quarantined', type: 'text', nullable: true },
    facts: { name: 'facts', type: 'int' },
    body: { name: 'body', type: 'bytea' },
    bytes: { name: 'bytes', type: 'int', nullable: true },
    aliasKeys: { name: 'alias_keys', type: 'text', array: true, nullable: true },
  },
});
