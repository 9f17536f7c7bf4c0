import { EntitySchema } from 'typeorm';

export interface ContactRow {
  contactId: string;
  workspaceId: string;
  /** Contacts that turned out to be one person share it. */
  personId: string;
  /** The alias the contact began under, which is its stream's ordering key. */
  firstAliasKey: string;
}

export const ContactTable = new EntitySchema<ContactRow>({
  name: 'contact',
  columns: {
    contactId: { name: 'contact_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    personId: { name: 'person_id', type: 'uuid' },
    firstAliasKey: { name: 'first_alias_key', type: 'text' },
  },
  indices: [{ name: 'contact_person', columns: ['personId'] }],
});

export interface ContactAliasRow {
  workspaceId: string;
  aliasKey: string;
  contactId: string;
}

export const ContactAliasTable = new EntitySchema<ContactAliasRow>({
  name: 'contact_alias',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    aliasKey: { name: 'alias_key', type: 'text', primary: true },
    contactId: { name: 'contact_id', type: 'uuid' },
  },
  indices: [{ name: 'contact_alias_contact', columns: ['contactId'] }],
});

/** The statement that counts, per contact, purpose and sender. */
export interface ConsentRow {
  contactId: string;
  purpose: string;
  /** All zeros where the statement is about every sender. */
  senderId: string;
  state: 'granted' | 'revoked';
  source: string;
  saidAt: Date;
}

export const anySender = '00000000-0000-0000-0000-000000000000';

export const ConsentTable = new EntitySchema<ConsentRow>({
  name: 'consent',
  columns: {
    contactId: { name: 'contact_id', type: 'uuid', primary: true },
    purpose: { type: 'text', primary: true },
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    state: { type: 'text' },
    source: { type: 'text' },
    saidAt: { name: 'said_at', type: 'timestamptz' },
  },
});
