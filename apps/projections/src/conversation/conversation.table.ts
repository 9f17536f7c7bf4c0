import { EntitySchema } from 'typeorm';

export interface ConversationRow {
  conversationId: string;
  workspaceId: string;
  senderId: string;
  phoneNumberId: string;
  inboundAt: Date | null;
  entryAt: Date | null;
  lastAt: Date;
  contactId: string | null;
  /** When we last wrote to that contact. */
  contactAt: Date | null;
}

export const ConversationTable = new EntitySchema<ConversationRow>({
  name: 'conversation',
  columns: {
    conversationId: { name: 'conversation_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    senderId: { name: 'sender_id', type: 'uuid' },
    phoneNumberId: { name: 'phone_number_id', type: 'text' },
    inboundAt: { name: 'inbound_at', type: 'timestamptz', nullable: true },
    entryAt: { name: 'entry_at', type: 'timestamptz', nullable: true },
    lastAt: { name: 'last_at', type: 'timestamptz' },
    contactId: { name: 'contact_id', type: 'uuid', nullable: true },
    contactAt: { name: 'contact_at', type: 'timestamptz', nullable: true },
  },
  indices: [{ name: 'conversation_in_time', columns: ['workspaceId', 'lastAt', 'conversationId'] }],
});

export type LineKind = 'message' | 'reaction' | 'edit' | 'revocation' | 'call' | 'handover';

export interface TranscriptRow {
  partId: string;
  wamid: string;
  workspaceId: string;
  direction: 'in' | 'out';
  kind: LineKind;
  type: string;
  at: Date;
  opensAt: Date | null;
  entry: boolean;
  target: string | null;
  content: Buffer | null;
}

/** What people wrote, reacted, changed and took back, and what our number said by another way. */
export const TranscriptTable = new EntitySchema<TranscriptRow>({
  name: 'transcript',
  columns: {
    partId: { name: 'part_id', type: 'uuid', primary: true },
    wamid: { type: 'text', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    direction: { type: 'text' },
    kind: { type: 'text' },
    type: { type: 'text' },
    at: { type: 'timestamptz' },
    opensAt: { name: 'opens_at', type: 'timestamptz', nullable: true },
    entry: { type: 'boolean' },
    target: { type: 'text', nullable: true },
    content: { type: 'bytea', nullable: true },
  },
  indices: [
    { name: 'transcript_in_time', columns: ['partId', 'at'] },
    { name: 'transcript_handovers', columns: ['partId', 'at'], where: "kind = 'handover'" },
  ],
});

export interface TranscriptMediaRow {
  partId: string;
  wamid: string;
  mediaId: string;
  state: 'stored' | 'failed';
  mimeType: string | null;
  bytes: number | null;
}

/** What became of the files that messages brought. */
export const TranscriptMediaTable = new EntitySchema<TranscriptMediaRow>({
  name: 'transcript_media',
  columns: {
    partId: { name: 'part_id', type: 'uuid', primary: true },
    wamid: { type: 'text', primary: true },
    mediaId: { name: 'media_id', type: 'text', primary: true },
    state: { type: 'text' },
    mimeType: { name: 'mime_type', type: 'text', nullable: true },
    bytes: { type: 'int', nullable: true },
  },
});
