import {
  ChannelActivated,
  ChannelChanged,
  ChannelDrafted,
  ChannelSuspended,
  PolicyChanged,
  SenderDiscovered,
  SenderQualityChanged,
  SenderThroughputChanged,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';

const copied = {
  hears: [
    ChannelDrafted,
    ChannelActivated,
    ChannelChanged,
    ChannelSuspended,
    SenderDiscovered,
    SenderQualityChanged,
    SenderThroughputChanged,
    PolicyChanged,
  ],
} as const;

type Heard = RecordedEvent & EventOf<(typeof copied.hears)[number]>;

export const configurationCopy = 'journeys:configuration-copy';

/** Keeps what campaigns need of channels, senders and policies. */
export function whenConfigurationChanged(): Fold {
  return {
    kind: 'fold',
    name: configurationCopy,
    hears: copied.hears,
    tables: ['known_channel', 'known_sender', 'known_policy'],
    async handle(events, tx) {
      for (const event of events as readonly Heard[]) await keep(event, tx);
    },
  };
}

async function keep(event: Heard, tx: Tx): Promise<void> {
  switch (event.type) {
    case 'ChannelDrafted': {
      const { channelId, settings } = event.data;
      await tx.query(
        `insert into known_channel values ($1, $2, $3, 'draft', $4)
         on conflict (channel_id) do update set name = excluded.name, settings = excluded.settings`,
        [channelId, event.workspaceId, settings.name, settings],
      );
      return;
    }
    case 'ChannelActivated':
    case 'ChannelSuspended': {
      const state = event.type === 'ChannelActivated' ? 'active' : 'suspended';
      await tx.query('update known_channel set state = $2 where channel_id = $1', [event.data.channelId, state]);
      return;
    }
    case 'ChannelChanged': {
      const { channelId, settings } = event.data;
      const change = 'update known_channel set name = $2, settings = $3 where channel_id = $1';
      await tx.query(change, [channelId, settings.name, settings]);
      return;
    }
    case 'SenderDiscovered': {
      const { senderId, accountId, quality, throughputPerSecond } = event.data;
      await tx.query(
        `insert into known_sender values ($1, $2, $3, $4, $5)
         on conflict (sender_id) do update
           set quality = excluded.quality, throughput_per_second = excluded.throughput_per_second`,
        [senderId, event.workspaceId, accountId, quality, throughputPerSecond],
      );
      return;
    }
    case 'SenderQualityChanged': {
      const { senderId, quality } = event.data;
      await tx.query('update known_sender set quality = $2 where sender_id = $1', [senderId, quality]);
      return;
    }
    case 'SenderThroughputChanged': {
      const { senderId, throughputPerSecond } = event.data;
      const change = 'update known_sender set throughput_per_second = $2 where sender_id = $1';
      await tx.query(change, [senderId, throughputPerSecond]);
      return;
    }
    case 'PolicyChanged': {
      const { name, policy } = event.data;
      await tx.query(
        `insert into known_policy values ($1, $2, $3)
         on conflict (workspace_id, name) do update set policy = excluded.policy`,
        [event.workspaceId, name, policy],
      );
    }
  }
}
