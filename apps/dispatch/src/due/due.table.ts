import { EntitySchema } from 'typeorm';
import type { LaneName } from '../send-messages/lanes';

/** A message that something is still to be done about. One that has ended well has no row. */
export interface DueRow {
  messageId: string;
  workspaceId: string;
  senderId: string;
  channelId: string;
  contactId: string;
  /** Of messages that a campaign asked for. */
  campaignId: string | null;
  /** The person, as far as the pair rate is concerned. */
  pairKey: string;
  lane: LaneName;
  /** Of messages whose batch named a rate: what they share it by. */
  paceKey: string | null;
  pacePerSecond: number | null;
  /**
   * `send`: to be tried at `dueAt`. `flight`: a POST is under way, or its sender died. `settle`: the outcome is unknown,
   * and `onUnknown` decides at `dueAt`. `operator`: it is for an operator to decide. `watch`: it has ended, but an earlier
   * attempt may still turn out to have arrived; forgotten at `dueAt`.
   */
  kind: 'send' | 'flight' | 'settle' | 'operator' | 'watch';
  dueAt: Date;
  /** The code of the rule that holds it. */
  heldBy: string | null;
  /** The last one made; 0 before the first. */
  attempt: number;
  /** Under which the last attempt was made. */
  fence: string;
  /** Of the message's stream, where this row stands. */
  version: number;
}

export const DueTable = new EntitySchema<DueRow>({
  name: 'due',
  columns: {
    messageId: { name: 'message_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    senderId: { name: 'sender_id', type: 'uuid' },
    channelId: { name: 'channel_id', type: 'uuid' },
    contactId: { name: 'contact_id', type: 'uuid' },
    campaignId: { name: 'campaign_id', type: 'uuid', nullable: true },
    pairKey: { name: 'pair_key', type: 'text' },
    lane: { type: 'text' },
    paceKey: { name: 'pace_key', type: 'uuid', nullable: true },
    pacePerSecond: { name: 'pace_per_second', type: 'float8', nullable: true },
    kind: { type: 'text' },
    dueAt: { name: 'due_at', type: 'timestamptz' },
    heldBy: { name: 'held_by', type: 'text', nullable: true },
    attempt: { type: 'int' },
    fence: { type: 'bigint' },
    version: { type: 'int' },
  },
  indices: [
    { name: 'due_next', columns: ['senderId', 'kind', 'lane', 'dueAt'] },
    { name: 'due_contact', columns: ['contactId'] },
    { name: 'due_campaign', columns: ['campaignId'], where: 'campaign_id IS NOT NULL' },
    { name: 'due_held', columns: ['senderId'], where: 'held_by IS NOT NULL' },
  ],
});
