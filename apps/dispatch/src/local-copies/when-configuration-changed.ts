import {
  AccountRestored,
  AccountRestricted,
  BusinessAccountConnected,
  ChannelActivated,
  ChannelChanged,
  ChannelDrafted,
  ChannelSuspended,
  CredentialsRejected,
  CredentialsRotated,
  CredentialsVerified,
  SenderDiscovered,
  SenderPaused,
  SenderResumed,
  SenderStatusChanged,
  SenderThroughputChanged,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { recountWhole, swapAndRecount } from '../openings/keep-openings';

type Heard = RecordedEvent &
  (
    | EventOf<typeof BusinessAccountConnected>
    | EventOf<typeof CredentialsVerified>
    | EventOf<typeof CredentialsRejected>
    | EventOf<typeof CredentialsRotated>
    | EventOf<typeof AccountRestricted>
    | EventOf<typeof AccountRestored>
    | EventOf<typeof SenderDiscovered>
    | EventOf<typeof SenderStatusChanged>
    | EventOf<typeof SenderThroughputChanged>
    | EventOf<typeof SenderPaused>
    | EventOf<typeof SenderResumed>
    | EventOf<typeof ChannelDrafted>
    | EventOf<typeof ChannelActivated>
    | EventOf<typeof ChannelChanged>
    | EventOf<typeof ChannelSuspended>
  );

export const configurationCopy = 'dispatch:configuration-copy';

/** Keeps what sending needs of accounts, senders and channels. `onChanged` is told after each batch. */
export function whenConfigurationChanged(onChanged: () => void = () => undefined): Fold {
  return {
    kind: 'fold',
    name: configurationCopy,
    hears: [
      BusinessAccountConnected,
      CredentialsVerified,
      CredentialsRejected,
      CredentialsRotated,
      AccountRestricted,
      AccountRestored,
      SenderDiscovered,
      SenderStatusChanged,
      SenderThroughputChanged,
      SenderPaused,
      SenderResumed,
      ChannelDrafted,
      ChannelActivated,
      ChannelChanged,
      ChannelSuspended,
    ],
    tables: ['known_account', 'known_sender', 'known_channel'],
    swap: swapAndRecount,
    async handle(events, tx) {
      const regrouped: string[] = [];
      for (const event of events as readonly Heard[])
        if (event.type === 'BusinessAccountConnected') regrouped.push(...(await connect(event, tx)));
        else await keep(event, tx);
      await recountWhole(tx, regrouped);
      return onChanged;
    },
  };
}

type Connected = RecordedEvent & EventOf<typeof BusinessAccountConnected>;

/** Answers the portfolios that have other accounts now. */
async function connect({ data, workspaceId }: Connected, tx: Tx): Promise<string[]> {
  const { accountId, wabaId, portfolioId } = data;
  const { rows } = await tx.query<{ portfolio_id: string }>(
    'select portfolio_id from known_account where account_id = $1 for update',
    [accountId],
  );
  await tx.query(
    `insert into known_account values ($1, $2, $3, $4, false)
     on conflict (account_id) do update set portfolio_id = excluded.portfolio_id, credentials_rejected = false`,
    [accountId, workspaceId, wabaId, portfolioId],
  );
  const before = rows[0]?.portfolio_id;
  if (before === portfolioId) return [];
  return before === undefined ? [portfolioId] : [before, portfolioId];
}

async function keep(event: Exclude<Heard, Connected>, tx: Tx): Promise<void> {
  const set = async (table: string, id: string, changes: Record<string, unknown>): Promise<void> => {
    const columns = Object.keys(changes).map((column, index) => `${column} = $${index + 2}`);
    await tx.query(`update known_${table} set ${columns.join(', ')} where ${table}_id = $1`, [
      id,
      ...Object.values(changes),
    ]);
  };
  switch (event.type) {
    case 'CredentialsVerified':
    case 'CredentialsRotated':
      return set('account', event.data.accountId, { credentials_rejected: false });
    case 'CredentialsRejected':
      return set('account', event.data.accountId, { credentials_rejected: true });
    case 'AccountRestricted': {
      const { accountId, restriction, until } = event.data;
      return set('account', accountId, { restriction, restricted_until: until ?? null });
    }
    case 'AccountRestored':
      return set('account', event.data.accountId, { restriction: null, restricted_until: null });
    case 'SenderDiscovered': {
      const { senderId, accountId, phoneNumberId, status, throughputPerSecond } = event.data;
      await tx.query(
        `insert into known_sender values ($1, $2, $3, $4, $5, $6)
         on conflict (sender_id) do update
           set status = excluded.status, throughput_per_second = excluded.throughput_per_second`,
        [senderId, event.workspaceId, accountId, phoneNumberId, status, throughputPerSecond],
      );
      return;
    }
    case 'SenderStatusChanged':
      return set('sender', event.data.senderId, { status: event.data.status });
    case 'SenderThroughputChanged':
      return set('sender', event.data.senderId, { throughput_per_second: event.data.throughputPerSecond });
    case 'SenderPaused':
      return set('sender', event.data.senderId, { paused_because: event.data.because });
    case 'SenderResumed':
      return set('sender', event.data.senderId, { paused_because: null });
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
      return set('channel', event.data.channelId, { state: 'active' });
    case 'ChannelSuspended':
      return set('channel', event.data.channelId, { state: 'suspended' });
    case 'ChannelChanged': {
      const { channelId, settings } = event.data;
      return set('channel', channelId, { name: settings.name, settings });
    }
  }
}
