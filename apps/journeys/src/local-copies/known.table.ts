import type { ChannelSettings, TemplateDefinition } from '@postrider/event-contracts';
import { EntitySchema } from 'typeorm';

export interface KnownChannel {
  channelId: string;
  workspaceId: string;
  name: string;
  state: 'draft' | 'active' | 'suspended';
  settings: ChannelSettings;
}

export const KnownChannelTable = new EntitySchema<KnownChannel>({
  name: 'known_channel',
  columns: {
    channelId: { name: 'channel_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    name: { type: 'text' },
    state: { type: 'text' },
    settings: { type: 'jsonb' },
  },
  indices: [{ name: 'known_channel_name', columns: ['workspaceId', 'name'] }],
});

export interface KnownSender {
  senderId: string;
  workspaceId: string;
  accountId: string;
  quality: string;
  throughputPerSecond: number;
}

export const KnownSenderTable = new EntitySchema<KnownSender>({
  name: 'known_sender',
  columns: {
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    accountId: { name: 'account_id', type: 'uuid' },
    quality: { type: 'text' },
    throughputPerSecond: { name: 'throughput_per_second', type: 'int' },
  },
});

export type TemplateState = 'draft' | 'submitted' | 'approved' | 'rejected' | 'paused' | 'disabled' | 'deleted';

export interface KnownTemplate {
  templateId: string;
  workspaceId: string;
  accountId: string;
  name: string;
  language: string;
  state: TemplateState;
  definition: TemplateDefinition;
}

export const KnownTemplateTable = new EntitySchema<KnownTemplate>({
  name: 'known_template',
  columns: {
    templateId: { name: 'template_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    accountId: { name: 'account_id', type: 'uuid' },
    name: { type: 'text' },
    language: { type: 'text' },
    state: { type: 'text' },
    definition: { type: 'jsonb' },
  },
  indices: [{ name: 'known_template_name', columns: ['accountId', 'name', 'language'] }],
});

export interface KnownPolicy {
  workspaceId: string;
  name: string;
  policy: Record<string, unknown>;
}

export const KnownPolicyTable = new EntitySchema<KnownPolicy>({
  name: 'known_policy',
  columns: {
    workspaceId: { name: 'workspace_id', type: 'uuid', primary: true },
    name: { type: 'text', primary: true },
    policy: { type: 'jsonb' },
  },
});
