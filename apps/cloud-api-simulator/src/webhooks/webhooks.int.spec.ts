import { createHmac } from 'node:crypto';
import { eventually, ids, startRig, wamidOf, type Rig } from '../testing/rig';

describe('webhooks', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
    await rig.subscribe();
  });
  afterEach(() => rig.close());

  const seen = (wamid: string, ...wanted: string[]): Promise<void> =>
    eventually(() =>
      expect(
        rig.receiver
          .statuses(wamid)
          .map((status) => status.status)
          .sort(),
      ).toEqual([...wanted].sort()),
    );

  it('reports sent, delivered and read, with pricing, callback data and both identities', async () => {
    const answer = await rig.send({
      to: '+4915112345601',
      type: 'template',
      biz_opaque_callback_data: 'mine',
      template: {
        name: 'order_update',
        language: { code: 'en_US' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'a' },
              { type: 'text', text: 'b' },
            ],
          },
        ],
      },
    });
    const wamid = wamidOf(answer);
    await seen(wamid, 'sent', 'delivered', 'read');
    const [sent] = rig.receiver.statuses(wamid).filter((status) => status.status === 'sent');
    expect(sent).toMatchObject({
      timestamp: expect.stringMatching(/^\d{10}$/),
      recipient_id: '4915112345601',
      recipient_user_id: expect.stringMatching(/^DE\.\d+01$/),
      biz_opaque_callback_data: 'mine',
      pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' },
    });
    expect(sent).not.toHaveProperty('conversation');
    const [change] = rig.receiver.changes();
    expect(change).toMatchObject({
      wabaId: ids.waba,
      field: 'messages',
      value: { metadata: { display_phone_number: '15550100001', phone_number_id: ids.phone } },
    });
  });

  it('signs exactly the bytes it sends, with everything beyond ASCII escaped in lowercase', async () => {
    await rig.inbound('+4915112345601', { type: 'text', text: { body: 'Grüße 👋 aus Köln' } });
    const post = await eventually(() => rig.receiver.posts[0] ?? Promise.reject(new Error('nothing yet')));
    expect(post.body).toContain('Gr\\u00fc\\u00dfe \\ud83d\\udc4b aus K\\u00f6ln');

    expect(post.body).toMatch(/^[\x00-\x7f]*$/);
    const expected = createHmac('sha256', ids.secret).update(post.body, 'latin1').digest('hex');
    expect(post.headers['x-hub-signature-256']).toBe(`sha256=${expected}`);
  });

  it('tries again with growing gaps on anything but 200, and stops once it is', async () => {
    rig.receiver.answer = (nth) => [500, 204, 200][nth] ?? 200;
    await rig.inbound('+4915112345601');
    await eventually(async () => {
      const { data } = (await rig.control('GET', '/deliveries')).body as {
        data: { state: string; attempts: { status: number }[] }[];
      };
      expect(data).toMatchObject([
        { state: 'delivered', attempts: [{ status: 500 }, { status: 204 }, { status: 200 }] },
      ]);
    });
    expect(new Set(rig.receiver.posts.map((post) => post.body)).size).toBe(1);
  });

  it('retries as simulated time passes, and gives up after seven days', async () => {
    await rig.control('POST', '/settings', { webhookRetryMs: 3_600_000 });
    rig.receiver.answer = () => 500;
    await rig.inbound('+4915112345601');
    const answered = (state: string, times: number): Promise<void> =>
      eventually(async () => {
        const { data } = (await rig.control('GET', '/deliveries')).body;
        expect(data).toMatchObject([{ state, attempts: { length: times } }]);
      });
    await answered('retrying', 1);
    await rig.pass(3_700_000);
    await answered('retrying', 2);
    await rig.pass(8 * 86_400_000);
    await answered('given-up', 3);
    expect(rig.receiver.posts).toHaveLength(3);
  });

  it('asks for the challenge when a callback is set, and refuses one that does not echo it', async () => {
    const wrong = await rig.graph('POST', `/${ids.waba}/subscribed_apps`, {
      override_callback_uri: rig.receiver.url,
      verify_token: 'wrong',
    });
    expect(wrong).toMatchObject({ status: 400, error: { code: 2200, message: expect.stringContaining('403') } });
    const listed = await rig.graph('GET', `/${ids.waba}/subscribed_apps`);
    expect(listed.body.data).toEqual([
      { whatsapp_business_api_data: expect.objectContaining({ id: ids.app }), override_callback_uri: rig.receiver.url },
    ]);
  });

  it('sends to the number before the account before the app', async () => {
    const path = (name: string): string => rig.receiver.url.replace('/hook', `/${name}`);
    const app = `${ids.app}|${ids.secret}`;
    await rig.graph(
      'POST',
      `/${ids.app}/subscriptions`,
      { object: 'whatsapp_business_account', callback_url: path('app'), verify_token: 'correct', fields: '' },
      app,
    );
    const urls = async (): Promise<string[]> =>
      ((await rig.control('GET', '/deliveries')).body.data as { url: string }[]).map((one) => one.url);
    await rig.graph('POST', `/${ids.phone}`, {
      webhook_configuration: { override_callback_uri: path('phone'), verify_token: 'correct' },
    });
    await rig.inbound('+4915112345601');
    await eventually(async () => expect((await urls()).at(-1)).toBe(path('phone')));
    await rig.graph('POST', `/${ids.phone}`, { webhook_configuration: { override_callback_uri: '' } });
    await rig.inbound('+4915112345601');
    await eventually(async () => expect((await urls()).at(-1)).toBe(rig.receiver.url));
    await rig.graph('POST', `/${ids.waba}/subscribed_apps`, {});
    await rig.inbound('+4915112345601');
    await eventually(async () => expect((await urls()).at(-1)).toBe(path('app')));
  });

  it('shapes statuses for webhook versions before 24 with a conversation', async () => {
    await rig.control('POST', '/settings', { webhookVersion: 23 });
    const wamid = wamidOf(await rig.sendTemplate('+4915112345601'));
    await seen(wamid, 'sent', 'delivered', 'read');
    for (const status of rig.receiver.statuses(wamid)) {
      expect(status.conversation).toMatchObject({ id: expect.any(String), origin: { type: 'utility' } });
    }
  });

  it('names people by phone, by BSUID, or by both, as it is set', async () => {
    await rig.control('POST', '/settings', { identities: 'phone' });
    await rig.inbound('+4915112345601');
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(1));
    expect(rig.receiver.messages()[0]).toMatchObject({ from: '4915112345601' });
    expect(rig.receiver.messages()[0]).not.toHaveProperty('from_user_id');
    await rig.control('POST', '/settings', { identities: 'bsuid' });
    await rig.inbound('+4915112345601');
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(2));
    expect(rig.receiver.messages()[1]).toMatchObject({ from_user_id: expect.stringMatching(/^DE\./) });
    expect(rig.receiver.messages()[1]).not.toHaveProperty('from');
    const wamid = wamidOf(
      await rig.send({
        recipient: String(rig.receiver.messages()[1]?.from_user_id),
        type: 'text',
        text: { body: 'Hello' },
      }),
    );
    await seen(wamid, 'sent', 'delivered', 'read');
    expect(rig.receiver.statuses(wamid)[0]).not.toHaveProperty('recipient_id');
  });

  it('gathers up to a thousand updates in one POST when they come at once', async () => {
    await rig.control('POST', '/faults', { on: 'webhook', kind: 'batch', delayMs: 2_000 });
    await Promise.all(
      Array.from({ length: 40 }, (_, nth) => rig.inbound(`+49151123456${String(nth).padStart(2, '0')}`)),
    );
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(40));
    expect(rig.receiver.posts.length).toBeLessThan(20);
  });
});
