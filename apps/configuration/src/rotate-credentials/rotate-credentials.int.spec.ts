import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { overlapMs } from '../credentials/credentials';
import { connected, setUp, type SetUp } from '../testing/set-up';

describe('credentials', () => {
  let made: SetUp;
  let accountId: string;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    accountId = (await connected(made)).id;
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);
  const rotate = (body: object) => ask('POST', `/v1/business-accounts/${accountId}/credentials`, body);
  const internal = (path: string, token = made.service.host.keys.internalToken) =>
    ask('GET', `/internal/${path}`, undefined, { authorization: `Bearer ${token}` });

  it('are served over the internal call alone', async () => {
    const { body } = await internal(`credentials/${accountId}`);
    expect(body).toMatchObject({
      ...{ accountId, credentialsVersion: 1, graphUrl: made.simulator.url },
      ...{ accessToken: 'simulator-token', appSecret: 'simulator-app-secret' },
    });
    expect((await internal(`credentials/${accountId}`, 'test-api-key-of-all-scopes')).status).toBe(401);
    expect((await internal('credentials/0198b7a0-0000-7000-8000-000000000009')).status).toBe(404);
    expect((await internal('credentials/nonsense')).status).toBe(404);
  });

  it('are not rotated to a token that cannot be used', async () => {
    const { status, body } = await rotate({ accessToken: 'expired-token' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'connection-refused', checks: [{ name: 'token-valid', ok: false }, {}] });
    expect((await internal(`credentials/${accountId}`)).body.credentialsVersion).toBe(1);
  });

  it('are not moved to another app without its secret', async () => {
    expect((await rotate({ accessToken: 'second-token', appId: '1000000000000002' })).status).toBe(400);
  });

  it('are rotated with an overlap in which the ones before still count', async () => {
    const { status, body } = await rotate({ accessToken: 'second-token' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'connected', credentialsVersion: 2 });
    expect(JSON.stringify(body)).not.toMatch(/second-token|simulator-app-secret/);
    expect((await internal(`credentials/${accountId}`)).body.accessToken).toBe('second-token');
    const versions = async () =>
      (await internal('credentials')).body.map((one: { credentialsVersion: number }) => one.credentialsVersion);
    expect(await versions()).toEqual([2, 1]);
    made.service.clock.advance(overlapMs + 1);
    expect(await versions()).toEqual([2]);
  });

  it('are found good, or not, when the account is verified', async () => {
    const { status, body } = await ask('POST', `/v1/business-accounts/${accountId}/verify`);
    expect(status).toBe(200);
    expect(body.checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    expect(body.checks.map(({ name }: { name: string }) => name)).toContain('webhook');
    expect((await ask('POST', '/v1/business-accounts/0198b7a0-0000-7000-8000-000000000009/verify')).status).toBe(404);
  });

  it('that end within 14 days raise an alarm, until others take their place', async () => {
    const alarms = async () => {
      const { log } = made.service;
      const shards = await Promise.all([...Array(log.shards).keys()].map((shard) => log.readShard(shard, 0, 1000)));
      const ofToken = (event: { data: unknown }) => (event.data as { kind?: string }).kind === 'token-expiring';
      return shards.flat().filter(ofToken);
    };
    const { body } = await rotate({ accessToken: 'ending-token' });
    expect(body).toMatchObject({ state: 'connected', tokenExpiresAt: '2026-01-20T00:00:00.000Z' });
    await eventually(async () => (await alarms()).map(({ type }) => type).join() === 'AlarmRaised');
    await rotate({ accessToken: 'simulator-token' });
    await eventually(async () => (await alarms()).map(({ type }) => type).join() === 'AlarmRaised,AlarmCleared');
  });

  it('leave the identity secret as it was made once', async () => {
    const first = await internal(`identity-secret/${made.service.workspaceId}`);
    expect(Buffer.from(first.body.secret, 'base64')).toHaveLength(32);
    expect((await internal(`identity-secret/${made.service.workspaceId}`)).body).toEqual(first.body);
    const other = await internal('identity-secret/0198b7a0-0000-7000-8000-000000000009');
    expect(other.body.secret).not.toBe(first.body.secret);
  });
});
