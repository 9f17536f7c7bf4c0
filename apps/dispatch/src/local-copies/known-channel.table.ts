import type { ChannelSettings } from '@postrider/event-contracts';
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
