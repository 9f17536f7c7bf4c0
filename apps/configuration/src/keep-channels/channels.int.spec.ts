import { startSimulator } from '@postrider/cloud-api-simulator';
import { readinessItems } from '../business-account/readiness';
import { connected, setUp, type SetUp } from '../testing/set-up';

describe('channels', () => {
  let made: SetUp;
  let accountId: string;
  let senderId: string;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    const account = await connected(made);
    accountId = account.id;
    senderId = account.senders[0]!.id;
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);
  const post = (changed: object = {}, headers?: Record<string, string>) =>
    ask('POST', '/v1/channels', { name: 'orders', senderId, purpose: 'transactional', ...changed }, headers);

  it('answer 400 to a name, a field or a zone that is none', async () => {
    for (const [changed, path] of [
      [{ name: 'Order Updates' }, 'name'],
      [{ name: 'orders--x' }, 'name'],
      [{ colour: 'red' }, 'colour'],
      [{ senderId: 'x' }, 'senderId'],
      [{ senderId: '0198b7a0-0000-7000-8000-000000000009' }, 'senderId'],
      [{ quietHours: { timeZone: 'Mars/Olympus' } }, 'quietHours.timeZone'],
      [{ quietHours: { fallbackTimeZone: 'recipient' } }, 'quietHours.fallbackTimeZone'],
      [{ marketingApi: 'strict' }, 'marketingApi'],
      [{ number: 'nearest' }, 'number'],
      [{ purpose: 'marketing', consent: { required: false } }, 'consent.required'],
    ] as const) {
      const { status, body } = await post(changed);
      expect([status, body.errors?.[0]?.path]).toEqual([400, path]);
    }
  });

  it('go from draft to active to suspended and back', async () => {
    const drafted = await post({ ratePerSecond: 50, locale: 'en_US', number: 'newest' });
    expect(drafted.status).toBe(201);
    expect(drafted.body).toMatchObject({
      name: 'orders',
      state: 'draft',
      reasons: [],
      ratePerSecond: 50,
      number: 'newest',
    });
    const at = `/v1/channels/${drafted.body.id}`;
    expect((await post()).status).toBe(409);
    expect((await ask('POST', `${at}/activate`)).body).toMatchObject({ state: 'active' });
    expect((await ask('POST', `${at}/suspend`, { because: 'audit' })).body).toMatchObject({
      state: 'suspended',
      suspendedBecause: 'audit',
    });
    expect((await ask('POST', `${at}/activate`)).body.state).toBe('active');
    expect((await ask('PATCH', at, { ratePerSecond: 5_000 })).status).toBe(400);
    expect((await ask('PATCH', at, { name: 'other' })).status).toBe(400);
    const changed = await ask('PATCH', at, { ratePerSecond: null, onUnknown: 'hold' });
    expect(changed.body).toMatchObject({ onUnknown: 'hold', state: 'active' });
    expect(changed.body.ratePerSecond).toBeUndefined();
    expect((await ask('GET', '/v1/channels')).body.data).toHaveLength(1);
  });

  it('for marketing become active only with the readiness list complete', async () => {
    const drafted = await post({ name: 'news', purpose: 'marketing' });
    const at = `/v1/channels/${drafted.body.id}`;
    const refused = await ask('POST', `${at}/activate`);
    expect(refused.status).toBe(422);
    expect(refused.body.code).toBe('channel-not-ready');
    expect(refused.body.reasons).toHaveLength(readinessItems.length);

    const readiness = `/v1/business-accounts/${accountId}/readiness`;
    expect((await ask('PUT', readiness, { 'sun-shines': { confirmed: true } })).status).toBe(400);
    const claims = Object.fromEntries(readinessItems.map((item) => [item, { confirmed: true, by: 'Ann' }]));
    const { body } = await ask('PUT', readiness, claims);
    expect(body).toMatchObject({ complete: true, missing: [] });
    expect(body.items[0]).toMatchObject({ by: 'Ann', at: made.service.clock.now().toISOString() });
    expect((await ask('POST', `${at}/activate`)).body.state).toBe('active');
  });

  it('cannot become active over a paused sender', async () => {
    const drafted = await post({ name: 'paused' });
    await ask('POST', `/v1/senders/${senderId}/pause`, { because: 'bad feedback' });
    const { body } = await ask('POST', `/v1/channels/${drafted.body.id}/activate`);
    expect(body.reasons).toEqual([expect.stringContaining('bad feedback')]);
    await ask('POST', `/v1/senders/${senderId}/resume`);
    expect((await ask('POST', `/v1/channels/${drafted.body.id}/activate`)).status).toBe(200);
  });

  it('answer 404 where there is no such channel', async () => {
    for (const id of ['0198b7a0-0000-7000-8000-000000000009', 'nonsense']) {
      expect((await ask('GET', `/v1/channels/${id}`)).status).toBe(404);
      expect((await ask('PATCH', `/v1/channels/${id}`, { onUnknown: 'hold' })).status).toBe(404);
      expect((await ask('POST', `/v1/channels/${id}/activate`)).status).toBe(404);
    }
  });

  it('are drafted under one key once, also where the draft was kept and the answer was not', async () => {
    const key = { 'idempotency-key': 'returns' };
    const drafted = await post({ name: 'returns' }, key);
    await made.service.host.pool.query('update idempotency_key set answer_status = null, answer_body = null');
    expect(await post({ name: 'returns' }, key)).toEqual({ ...drafted, headers: expect.anything() });
    expect((await post({ name: 'returns' }, { 'idempotency-key': 'another' })).status).toBe(409);
    expect(await made.service.log.readStream(drafted.body.id)).toHaveLength(1);
  });
});
