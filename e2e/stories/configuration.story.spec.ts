import { randomBytes } from 'node:crypto';
import { eventually, ownPostgres, type OwnPostgres } from '@postrider/test-backends';
import { caller } from '../platform/http';
import { everythingKept, holds, openPartsOfEvents } from '../platform/kept';
import { startPostrider, type Postrider } from '../platform/postrider';

const masterKey = (): string => randomBytes(32).toString('base64');
const waba = '2000000000000001';

describe('an operator sets up, rotates and restarts', () => {
  let postgres: OwnPostgres;
  let postrider: Postrider;
  let outputBefore = '';
  const masterKeys = [masterKey(), masterKey()] as const;
  const env = () => ({
    ...{ POSTRIDER_DEMO: '0', DATABASE_URL: postgres.url, LOG_LEVEL: 'trace' },
    POSTRIDER_MASTER_KEY: masterKeys[0],
  });
  const call: Postrider['call'] = (...args) => postrider.call(...args);
  const meta: Postrider['meta'] = (...args) => postrider.meta(...args);
  const withKey = (key: string) => caller(postrider.url, { authorization: `Bearer ${key}` });

  beforeAll(async () => {
    postgres = await ownPostgres();
    postrider = await startPostrider({ env: env() });
  });
  afterAll(async () => {
    await postrider?.stop();
    await postgres?.stop();
  });

  const connection = (accessToken: string) => ({
    ...{ name: 'shop', wabaId: waba, accessToken, appId: '1000000000000001', appSecret: 'simulator-app-secret' },
    ...{ graphUrl: postrider.simulatorUrl, policyAcknowledged: '2026-01' },
  });
  const failedChecks = async (token: string) => {
    const { status, body } = await call('POST', '/v1/business-accounts', connection(token));
    return { status, failed: body.checks.filter(({ ok }) => !ok).map(({ name }) => name) };
  };
  let accountId = '';
  const phones: string[] = [];
  const order = (index: number) => {
    const phone = `+346007${String(index).padStart(3, '0')}${String(index % 80).padStart(2, '0')}`;
    phones.push(phone.slice(1));
    const template = { name: 'order_update', language: 'en_US', variables: ['Ana', `A-${index}`] };
    return { channel: 'shop', to: { phone }, template, reference: 'rotation' };
  };

  it('learns what is wrong with an expired and an under-privileged token, and connects with a good one', async () => {
    await meta('POST', '/_sim/tokens/expired-token', { expiresInSeconds: -1 });
    await meta('POST', '/_sim/tokens/weak-token', { scopes: ['whatsapp_business_management', 'business_management'] });
    expect(await failedChecks('expired-token')).toMatchObject({
      status: 422,
      failed: expect.arrayContaining(['token-valid']),
    });
    expect(await failedChecks('weak-token')).toEqual({
      status: 422,
      failed: ['permission-whatsapp_business_messaging'],
    });
    const { status, body } = await call('POST', '/v1/business-accounts', connection('simulator-token'));
    expect([status, body.checks.filter(({ ok }) => !ok)]).toEqual([201, []]);
    accountId = body.id;
    const channel = { name: 'shop', senderId: body.senders[0]?.id, purpose: 'transactional' };
    const { id } = (await call('POST', '/v1/channels', channel)).body;
    expect((await call('POST', `/v1/channels/${id}/activate`)).status).toBe(200);
    await eventually(async () => expect((await call('GET', '/v1/templates?state=approved')).body.data).toHaveLength(3));
  });

  it('gives a program a key that works everywhere at once, for its scopes, until it is revoked', async () => {
    const { body } = await call('POST', '/v1/api-keys', { name: 'shop', scopes: ['send', 'read'] });
    const program = withKey((body as unknown as { key: string }).key);
    const sent = await program('POST', '/v1/messages', order(0));
    expect(sent.status).toBe(202);
    expect((await program('GET', `/v1/messages/${sent.body.id}`)).status).toBe(200);
    expect((await program('GET', '/v1/templates')).status).toBe(200);
    expect(await program('POST', '/v1/templates/sync')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await call('GET', `/v1/api-keys/${body.id}`)).body).toMatchObject({ lastUsedAt: expect.any(String) });
    expect((await call('DELETE', `/v1/api-keys/${body.id}`)).status).toBe(204);
    for (const path of ['/v1/templates', '/v1/messages', '/v1/contacts/x'])
      await eventually(async () => expect((await program('GET', path)).status).toBe(401), { withinMs: 2_000 });
    const kept = await everythingKept(postgres.url);
    const secret = (body as unknown as { key: string }).key;
    expect(kept.filter(({ rows }) => rows.some((row) => holds(row, secret)))).toEqual([]);
    expect(holds(postrider.output(), secret)).toBe(false);
  });

  it('sees a template through rejection, revision, approval, pause, a drop of quality and recategorisation', async () => {
    const body = (text: string) => [{ type: 'BODY', text, example: { body_text: [['Ana']] } }];
    const drafted = await call('POST', '/v1/templates', {
      ...{ businessAccountId: accountId, name: 'pickup', language: 'en_US', category: 'UTILITY' },
      components: body('Hello {{1}}, your parcel waits at the counter.'),
    });
    const path = `/v1/templates/${drafted.body.id}`;
    const becomes = (expected: object) =>
      eventually(async () => expect((await call('GET', path)).body).toMatchObject(expected), { withinMs: 10_000 });
    expect((await call('POST', `${path}/submit`)).status).toBe(202);
    await becomes({ state: 'approved' });

    await meta('POST', '/_sim/templates/pickup', { event: 'REJECTED', reason: 'INVALID_FORMAT' });
    await becomes({ state: 'rejected', rejection: { reason: expect.any(String) } });
    // Meta's times have whole seconds: the same word of the same second is the same fact.
    await meta('POST', '/_sim/clock', { advanceMs: 2_000 });
    await call('PATCH', path, { components: body('Hello {{1}}, your parcel waits for you at the counter.') });
    expect((await call('POST', `${path}/submit`)).status).toBe(202);
    await becomes({ state: 'approved' });

    await meta('POST', '/_sim/templates/pickup', { quality: 'RED' });
    await becomes({ quality: 'RED' });
    await meta('POST', '/_sim/templates/pickup', { event: 'PAUSED' });
    await becomes({ state: 'paused' });
    const message = { channel: 'shop', to: { phone: '+34600770001' } };
    const send = () =>
      call('POST', '/v1/messages', { ...message, template: { name: 'pickup', language: 'en_US', variables: ['Ana'] } });
    await eventually(async () =>
      expect(await send()).toMatchObject({ status: 422, body: { code: 'template-paused' } }),
    );
    await meta('POST', '/_sim/templates/pickup', { event: 'APPROVED' });
    await becomes({ state: 'approved' });

    await meta('POST', '/_sim/templates/pickup', { category: 'MARKETING' });
    await becomes({ category: 'MARKETING' });
    await eventually(async () => expect(await send()).toMatchObject({ status: 422, body: { code: 'no-consent' } }));
    const { history } = (await call('GET', path)).body as unknown as { history: { type: string }[] };
    expect(history.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        ...['TemplateDrafted', 'TemplateSubmitted', 'TemplateApproved', 'TemplateRejected', 'TemplateRevised'],
        ...['TemplateQualityChanged', 'TemplatePaused', 'TemplateReinstated', 'TemplateCategoryChanged'],
      ]),
    );
  });

  it('rotates the token while messages flow, and loses none', async () => {
    const count = 160;
    await meta('POST', '/_sim/tokens/second-token', {});
    const messages = Array.from({ length: count }, (_, index) => order(index + 1));
    const batch = await call('POST', '/v1/messages/batch', { messages, ratePerSecond: 16 });
    expect(batch.body.results.filter(({ state }) => state === 'refused')).toEqual([]);
    const states = async (): Promise<string[]> =>
      (await call('GET', '/v1/messages?reference=rotation&limit=500')).body.data.map(({ state }) => state);
    await eventually(
      async () => expect((await states()).filter((state) => state === 'read').length).toBeGreaterThan(8),
      {
        withinMs: 10_000,
      },
    );
    const rotated = await call('POST', `/v1/business-accounts/${accountId}/credentials`, {
      accessToken: 'second-token',
    });
    expect(rotated).toMatchObject({ status: 200, body: { credentialsVersion: 2 } });
    await eventually(async () => expect((await states()).filter((state) => state === 'read')).toHaveLength(count + 1), {
      withinMs: 30_000,
    });
    // The old token ends: what is sent from now on goes out under the new one alone.
    await meta('POST', '/_sim/tokens/simulator-token', { expiresInSeconds: 1 });
    const { id } = (await call('POST', '/v1/messages', order(count + 1))).body;
    await eventually(async () => expect((await call('GET', `/v1/messages/${id}`)).body.state).toBe('read'));
  });

  it('restarts with a new master key, then without the one before, and goes on sending', async () => {
    const restart = async (changed: Record<string, string>) => {
      outputBefore += postrider.output();
      expect(await postrider.stop()).toBe(0);
      postrider = await startPostrider({ again: postrider, env: { ...env(), ...changed } });
    };
    await restart({ POSTRIDER_MASTER_KEY: masterKeys[1], POSTRIDER_MASTER_KEY_PREVIOUS: masterKeys[0] });
    const prefixes = async (): Promise<number> => {
      const sealed = (await everythingKept(postgres.url)).filter(({ table }) =>
        ['public.credentials', 'public.identity_secret'].includes(table),
      );
      const boxes = sealed.flatMap(({ rows }) => rows.map((row) => (JSON.parse(row) as { sealed: string }).sealed));
      return new Set(boxes.map((box) => box.slice(0, '\\x'.length + 10))).size;
    };
    await eventually(async () => expect(await prefixes()).toBe(1), { withinMs: 10_000 });
    await restart({ POSTRIDER_MASTER_KEY: masterKeys[1] });
    const { id } = (await call('POST', '/v1/messages', order(200))).body;
    await eventually(async () => expect((await call('GET', `/v1/messages/${id}`)).body.state).toBe('read'), {
      withinMs: 10_000,
    });
  });

  it('finds no token, secret or phone number where it must not be', async () => {
    const output = outputBefore + postrider.output();
    const secrets = ['simulator-token', 'second-token', 'simulator-app-secret', postrider.apiKey, ...masterKeys];
    const kept = await everythingKept(postgres.url);
    expect(kept.filter(({ rows }) => rows.length > 0).length).toBeGreaterThan(20);
    for (const secret of secrets)
      expect(kept.filter(({ rows }) => rows.some((row) => holds(row, secret))).map(({ table }) => table)).toEqual([]);
    const open = (await openPartsOfEvents(postgres.url)).join('\n');
    for (const phone of [...phones, '34600770001']) expect([phone, open.includes(phone)]).toEqual([phone, false]);
    // The start prints the API key, on purpose; nothing else may.
    const lines = output.split('\n').filter((line) => line.startsWith('{'));
    expect(lines.length).toBeGreaterThan(0);
    const log = lines.join('\n');
    for (const secret of [...secrets, ...phones]) expect([secret, holds(log, secret)]).toEqual([secret, false]);
  });
});
