import { EntitySchema } from 'typeorm';

export interface ConversationAliasRow {
  senderId: string;
  aliasKey: string;
  since: Date;
  until: Date;
  workspaceId: string;
  phoneNumberId: string;
  partId: string;
  conversationId: string;
}

/** Whose an alias is with a sender, and when: which conversation each part belongs to. Made from the two tables below. */
export const ConversationAliasTable = new EntitySchema<ConversationAliasRow>({
  name: 'conversation_alias',
  columns: {
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    aliasKey: { name: 'alias_key', type: 'text', primary: true },
    since: { type: 'timestamptz', primary: true },
    until: { type: 'timestamptz' },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    phoneNumberId: { name: 'phone_number_id', type: 'text' },
    /** What events, lines and messages of this alias stand under. */
    partId: { name: 'part_id', type: 'uuid' },
    conversationId: { name: 'conversation_id', type: 'uuid' },
  },
  indices: [
    { name: 'alias_of_conversation', columns: ['conversationId'] },
    { name: 'alias_of_part', columns: ['partId'] },
    { name: 'alias_in_workspace', columns: ['workspaceId', 'aliasKey'] },
  ],
});

export interface AliasSightingRow {
  workspaceId: string;
  senderId: string;
  phoneKey: string;
  userKey: string;
  firstAt: Date;
}

/** Numbers and user ids that were shown together; all zeros where it is said of no sender. */
export const AliasSightingTable = new EntitySchema<AliasSightingRow>({
  name: 'alias_sighting',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    phoneKey: { name: 'phone_key', type: 'text', primary: true },
    userKey: { name: 'user_key', type: 'text', primary: true },
    firstAt: { name: 'first_at', type: 'timestamptz' },
  },
  indices: [{ name: 'sighting_of_user', columns: ['workspaceId', 'senderId', 'userKey'] }],
});

export interface AliasChangeRow {
  eventId: string;
  aliasKey: string;
  side: 'previous' | 'current';
  senderId: string;
  at: Date;
}

/** Moves of people from some aliases to others, an alias a row. */
export const AliasChangeTable = new EntitySchema<AliasChangeRow>({
  name: 'alias_change',
  columns: {
    eventId: { name: 'event_id', type: 'uuid', primary: true },
    side: { type: 'text', primary: true },
    aliasKey: { name: 'alias_key', type: 'text', primary: true },
    senderId: { name: 'sender_id', type: 'uuid' },
    at: { type: 'timestamptz' },
  },
  indices: [{ name: 'change_of_alias', columns: ['senderId', 'aliasKey'] }],
});

export interface ConversationPartRow {
  partId: string;
  person: Buffer | null;
  personAt: Date | null;
  addressed: Buffer | null;
  freeUntil: Date | null;
  freeAt: Date | null;
}

/** What is known of a person under one alias: as Meta showed them, as a caller wrote them, and until when Meta charges nothing. */
export const ConversationPartTable = new EntitySchema<ConversationPartRow>({
  name: 'conversation_part',
  columns: {
    partId: { name: 'part_id', type: 'uuid', primary: true },
    person: { type: 'bytea', nullable: true },
    personAt: { name: 'person_at', type: 'timestamptz', nullable: true },
    addressed: { type: 'bytea', nullable: true },
    freeUntil: { name: 'free_until', type: 'timestamptz', nullable: true },
    freeAt: { name: 'free_at', type: 'timestamptz', nullable: true },
  },
});

export interface ConversationRequestRow {
  messageId: string;
  partId: string;
  at: Date;
  contactId: string;
}

/** When we wrote, for a conversation that must be put together anew. */
export const ConversationRequestTable = new EntitySchema<ConversationRequestRow>({
  name: 'conversation_request',
  columns: {
    messageId: { name: 'message_id', type: 'uuid', primary: true },
    partId: { name: 'part_id', type: 'uuid' },
    at: { type: 'timestamptz' },
    contactId: { name: 'contact_id', type: 'uuid' },
  },
  indices: [{ name: 'request_of_part', columns: ['partId', 'at'] }],
});
