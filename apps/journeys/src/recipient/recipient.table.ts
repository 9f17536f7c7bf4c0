import { EntitySchema } from 'typeorm';
import type { RecipientState } from './follow';

/** One person in one occurrence, with the message as it was frozen when planned. */
export interface RecipientRow {
  recipientId: string;
  campaignId: string;
  occurrence: number;
  line: number;
  personKey: string;
  /** Empty where there is no experiment. */
  variant: string;
  /** 1, and one more for each retry. */
  attempt: number;
  state: RecipientState;
  code: string | null;
  messageId: string | null;
  sent: boolean;
  delivered: boolean;
  read: boolean;
  optedOut: boolean;
  /** By the rate card; 0 where it has no price. */
  price: number;
  handedAt: Date | null;
  /** Of what is held: when dispatch looks at it again. */
  heldUntil: Date | null;
  /** UTF-8 JSON of the body of `POST /v1/messages`; empty for who gets none. */
  command: Buffer;
}

export const RecipientTable = new EntitySchema<RecipientRow>({
  name: 'recipient',
  columns: {
    recipientId: { name: 'recipient_id', type: 'uuid', primary: true },
    campaignId: { name: 'campaign_id', type: 'uuid' },
    occurrence: { type: 'int' },
    line: { type: 'int' },
    personKey: { name: 'person_key', type: 'text' },
    variant: { type: 'text' },
    attempt: { type: 'int' },
    state: { type: 'text' },
    code: { type: 'text', nullable: true },
    messageId: { name: 'message_id', type: 'uuid', nullable: true },
    sent: { type: 'boolean' },
    delivered: { type: 'boolean' },
    read: { type: 'boolean' },
    optedOut: { name: 'opted_out', type: 'boolean' },
    price: { type: 'double precision' },
    handedAt: { name: 'handed_at', type: 'timestamptz', nullable: true },
    heldUntil: { name: 'held_until', type: 'timestamptz', nullable: true },
    command: { type: 'bytea' },
  },
  indices: [
    { name: 'recipient_next', columns: ['campaignId', 'occurrence', 'state', 'line'] },
    { name: 'recipient_message', columns: ['messageId'], where: 'message_id is not null' },
    { name: 'recipient_person', columns: ['personKey'] },
    { name: 'recipient_held', columns: ['campaignId', 'occurrence', 'code', 'heldUntil'], where: `state = 'held'` },
  ],
});

/** What Meta said of a message before dispatch's request for it was heard: the two come by different ways. */
export interface EarlyStatusRow {
  messageId: string;
  sent: boolean;
  delivered: boolean;
  read: boolean;
  heardAt: Date;
}

export const EarlyStatusTable = new EntitySchema<EarlyStatusRow>({
  name: 'early_status',
  columns: {
    messageId: { name: 'message_id', type: 'uuid', primary: true },
    sent: { type: 'boolean' },
    delivered: { type: 'boolean' },
    read: { type: 'boolean' },
    heardAt: { name: 'heard_at', type: 'timestamptz' },
  },
});
