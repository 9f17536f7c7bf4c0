import type { Decision } from '@postrider/event-contracts';
import { EntitySchema } from 'typeorm';
import type { MessageState } from './message-state';
import type { MessageView } from './message-view';

export interface MessageRow {
  messageId: string;
  workspaceId: string;
  requestedAt: Date | null;
  state: MessageState | null;
  channel: string | null;
  template: string | null;
  campaign: string | null;
  contactId: string | null;
  reference: string | null;
  conversationId: string | null;
  wamid: string | null;
  acceptedAt: Date | null;
  /** Without the decision itself. */
  view: MessageView;
  decision: Decision | null;
  personal: Buffer | null;
}

/** One row for each message: its view, and the columns that lists go by. */
export const MessageTable = new EntitySchema<MessageRow>({
  name: 'message',
  columns: {
    messageId: { name: 'message_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    requestedAt: { name: 'requested_at', type: 'timestamptz', nullable: true },
    state: { name: 'state', type: 'text', nullable: true },
    channel: { name: 'channel', type: 'text', nullable: true },
    template: { name: 'template', type: 'text', nullable: true },
    campaign: { name: 'campaign', type: 'text', nullable: true },
    contactId: { name: 'contact_id', type: 'uuid', nullable: true },
    reference: { name: 'reference', type: 'text', nullable: true },
    conversationId: { name: 'conversation_id', type: 'uuid', nullable: true },
    wamid: { name: 'wamid', type: 'text', nullable: true },
    acceptedAt: { name: 'accepted_at', type: 'timestamptz', nullable: true },
    view: { name: 'view', type: 'jsonb' },
    decision: { name: 'decision', type: 'jsonb', nullable: true },
    personal: { name: 'personal', type: 'bytea', nullable: true },
  },
  indices: [
    { name: 'message_in_time', columns: ['workspaceId', 'requestedAt', 'messageId'] },
    { name: 'message_of_conversation', columns: ['conversationId', 'requestedAt'] },
    { name: 'message_of_contact', columns: ['contactId', 'requestedAt'] },
    { name: 'message_of_reference', columns: ['reference'] },
    { name: 'message_of_wamid', columns: ['wamid'] },
    { name: 'message_without_status', columns: ['acceptedAt'], where: `state = 'accepted'::text` },
  ],
});

export interface StrayStatusRow {
  eventId: string;
  wamid: string;
  event: object;
}

/** Statuses without our callback data whose message is not known yet; folded when its wamid becomes known. */
export const StrayStatusTable = new EntitySchema<StrayStatusRow>({
  name: 'stray_status',
  columns: {
    eventId: { name: 'event_id', type: 'uuid', primary: true },
    wamid: { name: 'wamid', type: 'text' },
    event: { name: 'event', type: 'jsonb' },
  },
  indices: [{ name: 'stray_status_of_wamid', columns: ['wamid'] }],
});
