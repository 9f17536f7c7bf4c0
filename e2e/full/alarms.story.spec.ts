import { createHmac } from 'node:crypto';
import { eventually } from '@postrider/test-backends';
import { Client } from 'pg';
import { databaseIn } from '../platform/held-commits';
import type { PublicBody } from '../platform/public-body';
import { startPostrider, type Postrider } from '../platform/postrider';

const account = '2000000000000001';
const otherNumber = '3000000000000002';
/** Silence is looked for once a minute. */
const patience = { withinMs: 150_000, everyMs: 500 };
const anHourMs = 3_600_000;
const order = (phone: string) => ({
  channel: 'demo-transactional',
  to: { phone },
  template: { name: 'order_update', language: 'en_US', variables: ['Ana', 'A-1'] },
});

describe('what Meta does to an account, its numbers and templates, and what it leaves out', () => {
  let postrider: Postrider;
  beforeAll(async () => {
    postrider = await startPostrider();
  });
  afterAll(() => postrider?.stop());

  const raised = async (): Promise<string[]> => {
    const { status, body } = await postrider.call('GET', '/v1/alarms');
    expect(status).toBe(200);
    return (body.data as unknown as readonly { kind: string }[]).map(({ kind }) => kind).sort();
  };
  const meta = async (path: string, body: object): Promise<void> =>
    expect(await postrider.meta('POST', path, body)).toMatchObject({ status: 200 });

  /** A webhook that the simulator does not send, signed as Meta does. */
  async function told(field: string, value: object): Promise<void> {
    const entry = [{ id: account, time: Math.floor(Date.now() / 1_000), changes: [{ field, value }] }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
    const signature = createHmac('sha256', 'simulator-app-secret').update(body).digest('hex');
    const headers = { 'x-hub-signature-256': `sha256=${signature}` };
    expect(await postrider.call('POST', '/webhooks/meta', body, headers)).toMatchObject({ status: 200 });
  }

  async function inDatabase(service: string, sql: string, values: readonly unknown[] = []): Promise<number> {
    const client = new Client({ connectionString: databaseIn(postrider.dataDir, service) });
    await client.connect();
    try {
      return (await client.query(sql, [...values])).rowCount ?? 0;
    } finally {
      await client.end();
    }
  }

  it('are alarms while they last: a restriction, a flagged number, a badly liked and a paused template', async () => {
    await eventually(async () => expect(await raised()).toEqual([]), patience);
    const flagged = { display_phone_number: '15550100001', max_daily_conversations_per_business: 'TIER_1K' };
    await meta(`/_sim/accounts/${account}`, { status: 'RESTRICTED' });
    await told('phone_number_quality_update', { ...flagged, event: 'FLAGGED' });
    // With a quality this low it pauses the template too.
    await meta('/_sim/templates/welcome', { quality: 'RED' });
    await eventually(
      async () =>
        expect(await raised()).toEqual([
          'account-restricted',
          'sender-quality',
          'sender-status',
          'template-paused',
          'template-quality',
        ]),
      patience,
    );
    await meta(`/_sim/accounts/${account}`, { status: 'ACTIVE' });
    await told('phone_number_quality_update', { ...flagged, event: 'UNFLAGGED' });
    await meta('/_sim/templates/welcome', { quality: 'GREEN', event: 'APPROVED' });
    await eventually(async () => expect(await raised()).toEqual([]), patience);
  });

  it('are alarms while they last: a number of which nothing is heard, and a message of which nothing is told', async () => {
    const { body } = await postrider.call('GET', '/v1/senders');
    const { id: senderId } = (body.data as unknown as PublicBody['senders']).find(
      ({ phoneNumberId }) => phoneNumberId === otherNumber,
    )!;
    // Half an hour ago, on each of the seven days before today.
    const traffic = `
      insert into traffic (sender_id, bucket, workspace_id, phone_number_id, facts)
      select $1, to_timestamp(floor(extract(epoch from now()) / 600) * 600) - day * interval '1 day' - interval '30 minutes',
        workspace_id, $2, 5 from generate_series(1, 7) as day, (select workspace_id from sender limit 1) as ours`;
    expect(await inDatabase('webhooks', traffic, [senderId, otherNumber])).toBe(7);

    await meta('/_sim/settings', { sentMs: anHourMs, deliveredMs: anHourMs, readMs: anHourMs });
    const sent = await postrider.call('POST', '/v1/messages', order('+34600000001'));
    expect(sent.status).toBe(202);
    const isAccepted = `update message set accepted_at = accepted_at - interval '11 minutes' where message_id = $1 and state = 'accepted'`;
    await eventually(async () => expect(await inDatabase('projections', isAccepted, [sent.body.id])).toBe(1), patience);
    await eventually(async () => expect(await raised()).toEqual(['statuses-missing', 'webhook-silence']), patience);

    const message = { type: 'text', text: { body: 'Hello' } };
    await meta('/_sim/inbound', { phoneNumberId: otherNumber, from: '34600000002', message });
    await meta('/_sim/clock', { advanceMs: 2 * anHourMs });
    await eventually(async () => expect(await raised()).toEqual([]), patience);
  });

  it('are alarms while they last: a token that Meta no longer takes, while what people write still comes in', async () => {
    await meta('/_sim/tokens/simulator-token', { expiresInSeconds: 1 });
    await meta('/_sim/clock', { advanceMs: 2_000 });
    const { body } = await postrider.call('POST', '/v1/messages', order('+34600000003'));
    const sent = async () => (await postrider.call('GET', `/v1/messages/${body.id}`)).body;
    await eventually(async () => {
      expect(await sent()).toMatchObject({ state: 'held', decision: { code: 'sender-unable' } });
      expect(await raised()).toContain('token-rejected');
    }, patience);
    const message = { type: 'text', text: { body: 'Where is my order?' } };
    await meta('/_sim/inbound', { phoneNumberId: otherNumber, from: '34600000003', message });
    await eventually(async () => {
      const { data } = (await postrider.call('GET', '/v1/conversations')).body;
      expect(JSON.stringify(data)).toContain('Where is my order?');
    }, patience);

    await meta('/_sim/tokens/second-token', {});
    const [connected] = (await postrider.call('GET', '/v1/business-accounts')).body.data;
    const path = `/v1/business-accounts/${connected!.id}/credentials`;
    expect(await postrider.call('POST', path, { accessToken: 'second-token' })).toMatchObject({ status: 200 });
    await eventually(async () => {
      expect(await raised()).toEqual([]);
      expect(await sent()).toMatchObject({ wamid: expect.any(String) });
    }, patience);
  });
});
