import { startSimulator } from '@postrider/cloud-api-simulator';
import { connected, setUp, type SetUp } from '../testing/set-up';

describe('POST /v1/business-accounts', () => {
  let made: SetUp;
  beforeAll(async () => {
    made = await setUp(startSimulator);
  });
  afterAll(() => made.close());
  const post = (changed: Record<string, unknown> = {}, headers?: Record<string, string>) =>
    made.service.ask('POST', '/v1/business-accounts', { ...made.connection, ...changed }, headers);
  const failed = (body: { checks: { name: string; ok: boolean; detail: string }[] }) =>
    body.checks.filter((check) => !check.ok);

  const key = { 'idempotency-key': 'one' };

  describe('400', () => {
    it('names each field that is missing or unknown', async () => {
      const { status, body } = await post({ appSecret: undefined, wabaId: 'abc', extra: 1 });
      expect(status).toBe(400);
      expect(body.code).toBe('malformed');
      expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['appSecret', 'extra', 'wabaId']);
    });
  });

  describe('401', () => {
    it('lets nobody in without a key', async () => {
      const { status } = await post({}, { authorization: '' });
      expect(status).toBe(401);
    });
  });

  describe('422', () => {
    it('says what to do about an expired token', async () => {
      const { status, body } = await post({ accessToken: 'expired-token' });
      expect(status).toBe(422);
      expect(body.code).toBe('connection-refused');
      expect(failed(body)[0]).toMatchObject({ name: 'token-valid' });
    });

    it('names the permission that is missing', async () => {
      const { status, body } = await post({ accessToken: 'no-messaging-token' });
      expect(status).toBe(422);
      expect(failed(body).map(({ name }) => name)).toEqual(['permission-whatsapp_business_messaging']);
    });

    it('says when the token does not reach the account', async () => {
      const { status, body } = await post({ accessToken: 'elsewhere-token' });
      expect(status).toBe(422);
      expect(failed(body).map(({ name }) => name)).toContain('account-access');
    });

    it("explains a portfolio's id given for the account's", async () => {
      const { body } = await post({ wabaId: '1500000000000001' });
      expect(failed(body).find(({ name }) => name === 'account-access')?.detail).toContain('Jasper Holding');
    });

    it("refuses an app's secret that is not the app's", async () => {
      const { body } = await post({ appSecret: 'not-the-secret' });
      expect(failed(body).map(({ name }) => name)).toEqual(['app-secret']);
    });

    it('sends the token to no host that was not allowed', async () => {
      const { status, body } = await post({ graphUrl: 'https://graph.provider.example' });
      expect(status).toBe(422);
      expect(body.code).toBe('graph-url-not-allowed');
    });
  });

  describe('503', () => {
    it('is answered when Meta cannot be reached', async () => {
      const { status, body } = await post({ graphUrl: 'http://127.0.0.1:9' });
      expect(status).toBe(503);
      expect(body.code).toBe('unavailable');
    });
  });

  describe('201', () => {
    it('connects, discovers portfolio and senders, and subscribes the webhook by a round trip', async () => {
      const { status, body } = await post({ policyAcknowledged: '2026-01' }, key);
      expect(status).toBe(201);
      expect(failed(body)).toEqual([]);
      expect(body).toMatchObject({ name: 'jasper', state: 'connected', portfolioId: '1500000000000001' });
      expect(made.handshakes).toContain(body.id);
      expect(body.senders).toMatchObject([
        { phoneNumberId: '3000000000000001', status: 'CONNECTED', throughputPerSecond: 1000, portfolioLimit: 2000 },
        { phoneNumberId: '3000000000000002', throughputPerSecond: 80 },
      ]);
      expect(JSON.stringify(body)).not.toMatch(/simulator-token|simulator-app-secret/);
    });

    it('gives the same answer for the same idempotency key, and refuses a second connection', async () => {
      const again = await post({ policyAcknowledged: '2026-01' }, key);
      expect(again.status).toBe(201);
      expect((await post()).status).toBe(409);
    });

    it('goes on under the same key where the account was kept, and the answer was not', async () => {
      const before = await made.service.log.readStream((await post({ policyAcknowledged: '2026-01' }, key)).body.id);
      await made.service.host.pool.query('update idempotency_key set answer_status = null, answer_body = null');
      const again = await post({ policyAcknowledged: '2026-01' }, key);
      expect(again).toMatchObject({ status: 201, body: { state: 'connected' } });
      expect(await made.service.log.readStream(again.body.id)).toEqual(before);
    });

    it('keeps token and secret sealed, and off the log', async () => {
      const events = await Promise.all([0, 1, 2, 3].map((shard) => made.service.log.readShard(shard, 0, 1000)));
      expect(JSON.stringify(events)).not.toMatch(/simulator-token|simulator-app-secret/);
      const { rows } = await made.service.host.pool.query('select sealed from credentials');
      expect(rows).toHaveLength(1);
      expect(rows[0].sealed.toString('latin1')).not.toMatch(/simulator-token/);
    });
  });
});

describe('a connection without the portfolio permission', () => {
  it('works, and says what is missing', async () => {
    const made = await setUp(startSimulator);
    try {
      made.connection.accessToken = 'no-portfolio-token';
      const account = (await connected(made)) as unknown as { checks: { name: string; ok: boolean }[] };
      expect(account.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toContain(
        'permission-business_management',
      );
    } finally {
      await made.close();
    }
  });
});
