import { scopes } from '@postrider/event-contracts';
import { startSimulator } from '@postrider/cloud-api-simulator';
import { setUp, type SetUp } from '../testing/set-up';

describe('API keys', () => {
  let made: SetUp;
  beforeAll(async () => {
    made = await setUp(startSimulator);
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);
  const as = (key: string) => ({ authorization: `Bearer ${key}` });
  const create = async (body: object = {}, headers = {}) =>
    ask('POST', '/v1/api-keys', { name: 'shop', scopes: ['read', 'configure'], ...body }, headers);
  const read = async (key: string) => (await ask('GET', '/v1/channels', undefined, as(key))).status;

  it('let in at the next call, for the scopes they have and no others', async () => {
    const { status, body } = await create({ scopes: ['read'] });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'shop', scopes: ['read'], state: 'active', expiresAt: null, lastUsedAt: null });
    expect(await read(body.key)).toBe(200);
    const forbidden = await ask('POST', '/v1/api-keys', { name: 'x', scopes: ['read'] }, as(body.key));
    expect(forbidden).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('are shown once: nobody finds the secret again, in answers, tables or events', async () => {
    const { body } = await create({}, { 'idempotency-key': 'one' });
    const shown = JSON.stringify([
      (await ask('GET', '/v1/api-keys')).body,
      (await ask('GET', `/v1/api-keys/${body.id}`)).body,
    ]);
    const { pool, log } = made.service.host;
    const tables = await Promise.all(
      ['configured', 'kept_key', 'idempotency_key', 'key_use'].map((table) =>
        pool.query(`select to_jsonb(t)::text as row from ${table} t`),
      ),
    );
    const events = await Promise.all([...Array(log.shards).keys()].map((shard) => log.readShard(shard, 0, 1_000)));
    const secret = (body.key as string).slice(3);
    for (const place of [shown, JSON.stringify(tables.map(({ rows }) => rows)), JSON.stringify(events)])
      expect(place).not.toContain(secret);
  });

  it('are the same for the same idempotency key', async () => {
    const [first, again] = [
      await create({}, { 'idempotency-key': 'two' }),
      await create({}, { 'idempotency-key': 'two' }),
    ];
    expect(again.body).toEqual(first.body);
    expect(again.body.key).toMatch(/^pk_/);
  });

  it('stop at the next call after they were revoked', async () => {
    const { body } = await create();
    expect(await read(body.key)).toBe(200);
    expect((await ask('DELETE', `/v1/api-keys/${body.id}`)).status).toBe(204);
    expect(await read(body.key)).toBe(401);
    expect((await ask('GET', `/v1/api-keys/${body.id}`)).body).toMatchObject({ state: 'revoked' });
    expect((await ask('POST', `/v1/api-keys/${body.id}/rotate`, {})).status).toBe(409);
  });

  it('are rotated with an overlap, after which the secret before lets nobody in', async () => {
    const { body } = await create();
    const rotated = await ask('POST', `/v1/api-keys/${body.id}/rotate`, { overlapSeconds: 60 });
    expect(rotated.status).toBe(200);
    expect(rotated.body.key).not.toBe(body.key);
    expect([await read(body.key), await read(rotated.body.key)]).toEqual([200, 200]);
    made.service.clock.advance(60_000);
    expect([await read(body.key), await read(rotated.body.key)]).toEqual([401, 200]);
  });

  it('end when they were said to', async () => {
    const expiresAt = new Date(made.service.clock.now().getTime() + 1_000).toISOString();
    const { body } = await create({ expiresAt });
    expect(await read(body.key)).toBe(200);
    made.service.clock.advance(1_000);
    expect(await read(body.key)).toBe(401);
    expect((await ask('GET', `/v1/api-keys/${body.id}`)).body.state).toBe('expired');
  });

  it('tell when they were last used', async () => {
    const { body } = await create();
    await read(body.key);
    const at = made.service.clock.now().toISOString();
    expect((await ask('GET', `/v1/api-keys/${body.id}`)).body.lastUsedAt).toBe(at);
  });

  it('give no scope that the key lacks by which they are made', async () => {
    const { body } = await create();
    const more = await ask('POST', '/v1/api-keys', { name: 'more', scopes }, as(body.key));
    expect(more).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('are refused where they cannot be what was meant', async () => {
    for (const wrong of [
      { scopes: [] },
      { scopes: ['all'] },
      { scopes: ['read', 'read'] },
      { expiresAt: '2020-01-01T00:00:00Z' },
    ])
      expect(await create(wrong)).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect((await ask('DELETE', '/v1/api-keys/0198b7a0-0000-7000-8000-000000000009')).status).toBe(404);
    expect(await read(`pk_${'a'.repeat(43)}`)).toBe(401);
  });
});
