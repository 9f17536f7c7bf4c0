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
  /** Of a number that was handed on, a contact that may not have been seen yet. */
  contactId: string;
  /** Of a user id that Meta showed: it is one person's within this portfolio. */
  portfolioId: string | null;
  /** By Meta's clock, when it was first shown to be this contact's. */
  shownAt: Date | null;
}

export const ContactAliasTable = new EntitySchema<ContactAliasRow>({
  name: 'contact_alias',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    aliasKey: { name: 'alias_key', type: 'text', primary: true },
    contactId: { name: 'contact_id', type: 'uuid' },
    portfolioId: { name: 'portfolio_id', type: 'text', nullable: true },
    shownAt: { name: 'shown_at', type: 'timestamptz', nullable: true },
  },
  indices: [{ name: 'contact_alias_contact', columns: ['contactId'] }],
});

/** A number was handed on; kept, so that the order in which moves become known changes nothing. */
export interface AliasMoveRow {
  workspaceId: string;
  aliasKey: string;
  fromContact: string;
  at: Date;
  toContact: string;
}

export const AliasMoveTable = new EntitySchema<AliasMoveRow>({
  name: 'alias_move',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    aliasKey: { name: 'alias_key', type: 'text', primary: true },
    fromContact: { name: 'from_contact', type: 'uuid', primary: true },
    at: { type: 'timestamptz', primary: true },
    toContact: { name: 'to_contact', type: 'uuid' },
  },
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
