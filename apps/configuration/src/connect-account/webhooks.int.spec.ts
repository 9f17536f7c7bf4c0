import { startSimulator } from '@postrider/cloud-api-simulator';
import { keyring, verifyToken } from '@postrider/keys';
import { testMasterKey } from '@postrider/service-host';
import { appId, connected, setUp, wabaId, type SetUp } from '../testing/set-up';

describe('where Meta delivers', () => {
  let made: SetUp;
  let accountId: string;
  let number: { id: string; phoneNumberId: string };
  let ours: string;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    ours = (made.service.host.config as { callbackUrl: string }).callbackUrl;
    const account = await connected(made);
    accountId = account.id;
    number = account.senders[1]!;
  });
  afterAll(() => made.close());

  const graph = async (method: string, path: string, body?: object, token = 'simulator-token') => {
    const response = await fetch(`${made.simulator.url}/v25.0/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as { data: Record<string, unknown>[]; [member: string]: unknown };
  };
  const appToken = `${appId}|simulator-app-secret`;
  const ofAccount = async () => (await graph('GET', `${wabaId}/subscribed_apps`)).data[0]?.override_callback_uri;
  const ofApp = async () => (await graph('GET', `${appId}/subscriptions`, undefined, appToken)).data[0];
  const ofNumber = async () =>
    ((await graph('GET', `${number.phoneNumberId}?fields=webhook_configuration`)).webhook_configuration as object) ??
    {};
  const verify = async (body?: object) => {
    const answer = await made.service.ask('POST', `/v1/business-accounts/${accountId}/verify`, body);
    expect(answer.status).toBe(200);
    const { checks } = answer.body as { checks: { name: string; ok: boolean; detail: string }[] };
    return { ...answer.body, of: (name: string) => checks.find((check) => check.name === name) };
  };
  const elsewhere = () => ours.replace('/webhooks/meta', '/elsewhere');
  const token = () => verifyToken(keyring(Buffer.from(testMasterKey, 'base64')).derive('verify-token'), accountId);

  it('is an address of the account; an app without any gets ours, as it alone says which fields there are', async () => {
    expect(await ofAccount()).toBe(ours);
    expect(await ofApp()).toMatchObject({ callback_url: ours });
    const { of } = await verify();
    expect([of('webhook')?.ok, of('webhook-fields')?.ok, of('number-webhooks')?.ok]).toEqual([true, true, true]);
  });

  it("leaves the app's own address to whoever has it, and names the fields that it lacks", async () => {
    const theirs = { object: 'whatsapp_business_account', callback_url: elsewhere(), verify_token: token() };
    await graph('POST', `${appId}/subscriptions`, { ...theirs, fields: 'messages,security' }, appToken);
    const { of } = await verify();
    expect(of('webhook')?.ok).toBe(true);
    expect(of('webhook-fields')).toMatchObject({ ok: false, detail: expect.stringContaining('account_update') });
    expect(of('webhook-fields')?.detail).not.toMatch(/security/);
    expect(await ofApp()).toMatchObject({ callback_url: elsewhere() });
  });

  it("moves to the app's own address where that is asked for, and stays there", async () => {
    const before = made.handshakes.length;
    const { of, webhookBy } = await verify({ webhook: 'app' });
    expect([webhookBy, of('webhook')?.ok, of('webhook-fields')?.ok]).toEqual(['app', true, true]);
    expect(made.handshakes.length).toBeGreaterThan(before);
    expect([await ofAccount(), (await ofApp())?.callback_url]).toEqual([undefined, ours]);
    expect((await verify()).webhookBy).toBe('app');
    expect(await ofAccount()).toBeUndefined();
    await verify({ webhook: 'account' });
    expect(await ofAccount()).toBe(ours);
  });

  it('is told of a number that goes elsewhere, which can be brought here or back to the account', async () => {
    const at = `/v1/senders/${number.id}/webhook`;
    const webhook = { override_callback_uri: elsewhere(), verify_token: token() };
    await graph('POST', number.phoneNumberId, { webhook_configuration: webhook });
    const away = (await verify()).of('number-webhooks');
    expect(away).toMatchObject({ ok: false, detail: expect.stringContaining('+1 555-010-0002 to 127.0.0.1') });

    const before = made.handshakes.length;
    expect(await made.service.ask('PUT', at, { override: true })).toMatchObject({
      status: 200,
      body: { callbackUrl: ours },
    });
    expect(made.handshakes).toHaveLength(before + 1);
    expect(await ofNumber()).toMatchObject({ phone_number: ours });
    expect((await verify()).of('number-webhooks')?.ok).toBe(true);

    expect((await made.service.ask('PUT', at, { override: false })).body).toEqual({ callbackUrl: null });
    expect(await ofNumber()).not.toHaveProperty('phone_number');
    expect((await made.service.ask('PUT', at, { override: 'yes' })).status).toBe(400);
  });

  it('is nowhere else on the bus: no verify token leaves', async () => {
    const { log } = made.service;
    const shards = await Promise.all([...Array(log.shards).keys()].map((shard) => log.readShard(shard, 0, 1_000)));
    expect(JSON.stringify(shards)).not.toContain(token().split('.')[1]);
  });
});
