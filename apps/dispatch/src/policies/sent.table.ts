import { EntitySchema } from 'typeorm';

/**
 * A message as caps and limits count it. `reserved` is claimed before the intent is committed, `sent` has an attempt that
 * may have arrived; `waiting` and `back` do not count.
 */
export interface SentRow {
  messageId: string;
  workspaceId: string;
  contactId: string;
  channelId: string;
  accountId: string;
  purpose: string;
  isTemplate: boolean;
  country: string | null;
  state: 'waiting' | 'reserved' | 'sent' | 'back';
  /** When it was last claimed or tried. */
  at: Date;
  /** The forecast it was let through with, in millionths. */
  priceMicros: string | null;
  /** Of the message's stream: what is known no later than this is in. */
  version: number;
}

export const SentTable = new EntitySchema<SentRow>({
  name: 'sent',
  columns: {
    messageId: { name: 'message_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    contactId: { name: 'contact_id', type: 'uuid' },
    channelId: { name: 'channel_id', type: 'uuid' },
    accountId: { name: 'account_id', type: 'uuid' },
    purpose: { type: 'text' },
    country: { type: 'text', nullable: true },
    isTemplate: { name: 'is_template', type: 'boolean' },
    state: { type: 'text' },
    at: { type: 'timestamptz' },
    priceMicros: { name: 'price_micros', type: 'bigint', nullable: true },
    version: { type: 'int' },
  },
  indices: [
    { name: 'sent_contact', columns: ['contactId', 'at'] },
    { name: 'sent_account', columns: ['accountId', 'at'] },
    { name: 'sent_reserved', columns: ['workspaceId', 'at'], where: `state = 'reserved'` },
  ],
});

/** Meta's refusals to deliver marketing to a contact (131049). */
export interface HeldBackRow {
  messageId: string;
  attempt: number;
  contactId: string;
  at: Date;
}

export const HeldBackTable = new EntitySchema<HeldBackRow>({
  name: 'held_back',
  columns: {
    messageId: { name: 'message_id', type: 'uuid', primary: true },
    attempt: { type: 'int', primary: true },
    contactId: { name: 'contact_id', type: 'uuid' },
    at: { type: 'timestamptz' },
  },
  indices: [{ name: 'held_back_contact', columns: ['contactId', 'at'] }],
});

/** The last marketing that arrived at a contact to whom Meta once held some back. */
export interface MarketingArrivalRow {
  contactId: string;
  at: Date;
}

export const MarketingArrivalTable = new EntitySchema<MarketingArrivalRow>({
  name: 'marketing_arrival',
  columns: {
    contactId: { name: 'contact_id', type: 'uuid', primary: true },
    at: { type: 'timestamptz' },
  },
});
