import { eventually } from '@postrider/test-backends';
import { startPostrider, type Postrider } from '../platform/postrider';

describe('from connecting an account to a conversation', () => {
  let postrider: Postrider;
  let call: Postrider['call'];
  let meta: Postrider['meta'];
  beforeAll(async () => {
    postrider = await startPostrider({ env: { POSTRIDER_DEMO: '0' } });
    ({ call, meta } = postrider);
  });
  afterAll(() => postrider?.stop());

  const stateOf = async (id: string) => (await call('GET', `/v1/messages/${id}`)).body.state;
  const accountIds: string[] = [];
  const senderIds: string[] = [];

  it('connects a business account: token and permissions checked, portfolio and senders discovered, webhook subscribed', async () => {
    const { status, body } = await call('POST', '/v1/business-accounts', {
      name: 'shop',
      wabaId: '2000000000000001',
      accessToken: 'simulator-token',
      appId: '1000000000000001',
      appSecret: 'simulator-app-secret',
      graphUrl: postrider.simulatorUrl,
      policyAcknowledged: true,
    });
    expect({ status, checks: body.checks.filter((check) => !check.ok) }).toEqual({ status: 201, checks: [] });
    expect(body).toMatchObject({ name: 'shop', wabaId: '2000000000000001', portfolioId: '1500000000000001' });
    expect(body.senders.map((sender) => sender.phoneNumberId).sort()).toEqual(['3000000000000001', '3000000000000002']);
    expect(JSON.stringify(body)).not.toMatch(/simulator-token|simulator-app-secret/);
    accountIds.push(body.id);
    senderIds.push(body.senders.find((sender) => sender.phoneNumberId === '3000000000000001')?.id ?? '');
  });

  it('activates a channel for marketing only once the readiness list is complete', async () => {
    const marketing = { name: 'early', senderId: senderIds[0], purpose: 'marketing' };
    const { body: early } = await call('POST', '/v1/channels', marketing);
    const tooEarly = await call('POST', `/v1/channels/${early.id}/activate`);
    expect({ status: tooEarly.status, reasons: (await call('GET', `/v1/channels/${early.id}`)).body.reasons }).toEqual({
      status: 422,
      reasons: expect.arrayContaining([expect.stringContaining('opt')]),
    });
    const path = `/v1/business-accounts/${accountIds[0]}/readiness`;
    const { body } = await call('GET', path);
    const confirmed = Object.fromEntries(body.missing.map((item) => [item, { confirmed: true, by: 'Ana' }]));
    expect(await call('PUT', path, confirmed)).toMatchObject({ status: 200, body: { missing: [] } });
  });

  it('makes channels and activates them', async () => {
    for (const purpose of ['marketing', 'transactional']) {
      const drafted = await call('POST', '/v1/channels', { name: `shop-${purpose}`, senderId: senderIds[0], purpose });
      expect(drafted).toMatchObject({ status: 201, body: { state: 'draft' } });
      const activated = await call('POST', `/v1/channels/${drafted.body.id}/activate`);
      expect(activated).toMatchObject({ status: 200, body: { state: 'active', reasons: [] } });
    }
  });

  it('drafts and submits a template, which approval by webhook makes sendable', async () => {
    const drafted = await call('POST', '/v1/templates', {
      businessAccountId: accountIds[0],
      name: 'spring_offer',
      language: 'en_US',
      category: 'MARKETING',
      components: [
        { type: 'BODY', text: 'Hello {{1}}, our spring offer is here for you.', example: { body_text: [['Ana']] } },
        { type: 'FOOTER', text: 'Reply STOP to opt out' },
      ],
    });
    expect(drafted).toMatchObject({ status: 201, body: { state: 'draft' } });
    const id = drafted.body.id;
    expect((await call('POST', `/v1/templates/${id}/submit`)).status).toBe(202);
    await eventually(async () => expect((await call('GET', `/v1/templates/${id}`)).body.state).toBe('approved'));
  });

  it('refuses marketing to somebody whose consent is unknown, and sends it once consent is recorded', async () => {
    const message = {
      channel: 'shop-marketing',
      to: { phone: '+34600000101' },
      template: { name: 'spring_offer', language: 'en_US', variables: ['Ana'] },
    };
    const refused = await call('POST', '/v1/messages', message);
    expect(refused).toMatchObject({ status: 422, body: { code: 'no-consent', decision: { outcome: 'refuse' } } });
    await eventually(async () => expect(await stateOf(refused.body.messageId)).toBe('refused'));

    const consent = { contact: { phone: '+34600000101' }, purpose: 'marketing', state: 'granted', source: 'web form' };
    expect(await call('POST', '/v1/consents', consent)).toMatchObject({
      status: 200,
      body: { accepted: 1, rejected: [] },
    });
    const accepted = await call('POST', '/v1/messages', message);
    expect(accepted).toMatchObject({ status: 202, body: { decision: { outcome: 'send' } } });
    await eventually(async () => expect(await stateOf(accepted.body.id)).toBe('read'));
    const seen = await meta('GET', '/_sim/messages?to=34600000101');
    expect(seen.body.data).toHaveLength(1);
  });

  it('refuses free text while the window is closed, and sends it once the person has written', async () => {
    const text = { channel: 'shop-transactional', to: { phone: '+34600000102' }, text: { body: 'How can we help?' } };
    expect(await call('POST', '/v1/messages', text)).toMatchObject({ status: 422, body: { code: 'window-closed' } });

    const inbound = {
      phoneNumberId: '3000000000000001',
      from: '34600000102',
      name: 'Bea',
      message: { type: 'text', text: { body: 'Hola' } },
    };
    expect((await meta('POST', '/_sim/inbound', inbound)).status).toBe(200);
    const conversations = () => call('GET', '/v1/conversations?window=open');
    await eventually(async () => expect((await conversations()).body.data).toHaveLength(1));

    const accepted = await call('POST', '/v1/messages', text);
    expect(accepted).toMatchObject({ status: 202 });
    await eventually(async () => expect(await stateOf(accepted.body.id)).toBe('read'));

    const [conversation] = (await conversations()).body.data;
    expect(conversation).toMatchObject({ window: { open: true } });
    const { body } = await call('GET', `/v1/conversations/${conversation?.id}`);
    expect(body.transcript.map((entry) => [entry.direction, entry.type])).toEqual([
      ['in', 'text'],
      ['out', 'text'],
    ]);
  });

  it('counts every message in exactly one bucket', async () => {
    await eventually(async () => {
      const { body } = await call('GET', '/v1/reports/delivery?by=channel');
      const rows = Object.fromEntries(body.data.map((row) => [row.channel, row]));
      expect(rows['shop-marketing']).toMatchObject({
        targeted: 2,
        sent: 1,
        delivered: 1,
        read: 1,
        refused: 1,
        pending: 0,
      });
      expect(rows['shop-transactional']).toMatchObject({
        targeted: 2,
        sent: 1,
        read: 1,
        refused: 1,
        failed: 0,
        unknown: 0,
      });
    });
  });
});
