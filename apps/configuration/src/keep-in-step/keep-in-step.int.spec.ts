import { startSimulator } from '@postrider/cloud-api-simulator';
import {
  AccountChangeReported,
  SenderChangeReported,
  SendingPaused,
  type EventMeta,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { connected, setUp, wabaId, type SetUp } from '../testing/set-up';

describe('what Meta and dispatch report', () => {
  let made: SetUp;
  let accountId: string;
  let senderId: string;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    const account = await connected(made);
    accountId = account.id;
    senderId = account.senders[1]!.id;
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);
  const account = async () => (await ask('GET', `/v1/business-accounts/${accountId}`)).body;
  const sender = async () => (await ask('GET', `/v1/senders/${senderId}`)).body;
  const alarms = async (kind: string): Promise<string[]> => {
    const { log } = made.service;
    const shards = await Promise.all([...Array(log.shards).keys()].map((shard) => log.readShard(shard, 0, 10_000)));
    const of = (event: RecordedEvent) => (event.data as { kind?: string }).kind === kind;
    return shards
      .flat()
      .filter(of)
      .map(({ type }) => type);
  };
  const say = async (source: 'webhooks' | 'dispatch', event: { type: string; data: unknown }) => {
    const { workspaceId, clock, logs } = made.service;
    const meta: EventMeta = { workspaceId, actor: 'meta', correlationId: 'spec', aliasKeys: [] };
    const streamId = derivedId.accountSide(accountId);
    const events = [{ ...event, at: clock.now() }];
    await logs.get(source)!.append([{ streamId, expectedVersion: 'any', orderingKey: streamId, events, meta }]);
  };
  const reportedAt = '2026-01-15T12:00:00.000Z';
  const ofSender = (change: Record<string, unknown>) =>
    SenderChangeReported.of({
      ...{ accountId, wabaId, reportedAt, field: 'phone_number_quality_update' },
      ...{ displayPhoneNumber: '15550100002', change },
    });
  const ofAccount = (change: Record<string, unknown>) =>
    AccountChangeReported.of({ accountId, wabaId, field: 'account_update', change, reportedAt });

  it('changes a number that the webhook names by how it is written, and its portfolio', async () => {
    await say('webhooks', ofSender({ event: 'THROUGHPUT_UPGRADE', max_daily_conversations_per_business: 'TIER_100K' }));
    await eventually(async () => (await sender()).throughputPerSecond === 1000);
    await eventually(async () => (await sender()).portfolioLimit === 100_000);
    await say('webhooks', ofSender({ event: 'FLAGGED' }));
    await eventually(async () => (await sender()).status === 'FLAGGED');
    await eventually(async () => (await alarms('sender-status')).join() === 'AlarmRaised');
    await say('webhooks', ofSender({ event: 'UNFLAGGED' }));
    await eventually(async () => (await alarms('sender-status')).join() === 'AlarmRaised,AlarmCleared');
    const { history } = await sender();
    expect(history.map(({ type }: { type: string }) => type)).toContain('SenderThroughputChanged');
  });

  it('restricts and restores the account, with an alarm', async () => {
    await say('webhooks', ofAccount({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } }));
    await eventually(async () => (await account()).state === 'restricted');
    await eventually(async () => (await alarms('account-restricted')).join() === 'AlarmRaised');
    await say('webhooks', ofAccount({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } }));
    await eventually(async () => (await account()).state === 'connected');
    await eventually(async () => (await alarms('account-restricted')).join() === 'AlarmRaised,AlarmCleared');
  });

  it('marks the token as refused, raises the alarm, and takes both back once it is found good', async () => {
    const error = { metaCode: 190, code: 'token-expired', title: 'The token is bad or has ended' };
    await say('dispatch', SendingPaused.of({ scope: 'account', scopeId: accountId, error }));
    await eventually(async () => (await alarms('token-rejected')).includes('AlarmRaised'));
    // The look that follows finds the token good after all.
    await eventually(async () => (await account()).state === 'connected');
    await eventually(async () => (await alarms('token-rejected')).join() === 'AlarmRaised,AlarmCleared');
  });

  it('reported twice changes nothing the second time', async () => {
    // The looks that earlier reports asked for find the same, whenever they come.
    const changed = await fetch(`${made.simulator.url}/_sim/numbers/3000000000000002`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ throughputPerSecond: 1_000 }),
    });
    expect(changed.status).toBe(200);
    await eventually(async () => expect(await sender()).toMatchObject({ status: 'CONNECTED', quality: 'GREEN' }));
    await say('webhooks', ofSender({ event: 'THROUGHPUT_UPGRADE' }));
    await eventually(async () => (await sender()).throughputPerSecond === 1000);
    const version = (await made.service.log.readStream(senderId)).length;
    await say('webhooks', ofSender({ event: 'UNFLAGGED' }));
    await say('webhooks', ofSender({ event: 'THROUGHPUT_UPGRADE' }));
    const [shard] = [made.service.logs.get('webhooks')!.shardOf(derivedId.accountSide(accountId))];
    const head = (await made.service.logs.get('webhooks')!.heads())[shard]!;
    const reader = 'configuration:when-sender-change-reported';
    expect(await made.service.host.readers.reached(reader, 'webhooks', [{ shard, position: head }], 4_000)).toBe(true);
    expect(await made.service.log.readStream(senderId)).toHaveLength(version);
  });
});
