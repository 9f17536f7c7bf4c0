import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { failedStart, makeDataDir, startPostrider, type Postrider } from '../platform/postrider';

const orderUpdate = {
  channel: 'demo-transactional',
  to: { phone: '+34600000200' },
  template: { name: 'order_update', language: 'en_US', variables: ['Ana', 'A-1'] },
};

describe('a caller who gets it wrong', () => {
  let postrider: Postrider;
  beforeAll(async () => (postrider = await startPostrider()));
  afterAll(() => postrider?.stop());

  it.each<[string, unknown, number, string]>([
    ['malformed JSON', '{"channel": ', 400, 'malformed'],
    ['an unknown field', { ...orderUpdate, colour: 'red' }, 400, 'malformed'],
    ['a phone number that is none', { ...orderUpdate, to: { phone: '12' } }, 422, 'not-addressable'],
    ['no recipient', { ...orderUpdate, to: {} }, 400, 'malformed'],
    ['an unknown channel', { ...orderUpdate, channel: 'nowhere' }, 422, 'unknown-channel'],
    [
      'an unknown template',
      { ...orderUpdate, template: { name: 'nothing', language: 'en_US' } },
      422,
      'unknown-template',
    ],
    [
      'a parameter too few',
      { ...orderUpdate, template: { name: 'order_update', language: 'en_US', variables: ['Ana'] } },
      422,
      'parameters-mismatch',
    ],
    [
      'text over its limit',
      { channel: 'demo-transactional', to: { phone: '+34600000200' }, text: { body: 'x'.repeat(4097) } },
      400,
      'malformed',
    ],
  ])('with %s gets the code for it', async (_, body, status, code) => {
    const answer = await postrider.call('POST', '/v1/messages', body);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });

  it.each([
    ['a missing key', {}],
    ['a wrong key', { authorization: 'Bearer somebody-else' }],
  ])('with %s is not let in', async (_, headers) => {
    const { caller } = await import('../platform/http');
    const answer = await caller(postrider.url, headers)('POST', '/v1/messages', orderUpdate);
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('with an idempotency key used twice gets the first answer again, or is told that the body differs', async () => {
    const key = { 'idempotency-key': 'order-17' };
    const first = await postrider.call('POST', '/v1/messages', orderUpdate, key);
    expect(first.status).toBe(202);
    expect((await postrider.call('POST', '/v1/messages', orderUpdate, key)).body).toEqual(first.body);
    const other = await postrider.call('POST', '/v1/messages', { ...orderUpdate, reference: 'x' }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const sent = await postrider.meta('GET', '/_sim/messages?to=34600000200');
    expect(sent.body.data.length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['no signature', {}],
    ['a wrong signature', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }],
  ])('who posts a webhook with %s is refused', async (_, headers) => {
    const { caller } = await import('../platform/http');
    const answer = await caller(postrider.url)(
      'POST',
      '/webhooks/meta',
      { object: 'whatsapp_business_account', entry: [] },
      headers,
    );
    expect(answer.status).toBe(401);
  });

  it('is told that a route does not exist', async () => {
    expect(await postrider.call('GET', '/v1/nothing')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('a start that cannot succeed', () => {
  it('names a port in use, in one line, and exits with 1', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, output } = await failedStart({ PORT: `${port}`, SIMULATOR_PORT: '0', POSTRIDER_DATA: makeDataDir() });
    server.close();
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining(`PORT: ${port} is in use`)]);
  });

  it.each([
    [{ POSTRIDER_DATA: '/dev/null/data' }, /^POSTRIDER_DATA: cannot write in/],
    [{ POSTRIDER_MASTER_KEY: 'short' }, /^POSTRIDER_MASTER_KEY is wrong/],
    [{ PORT: 'http' }, /^PORT is wrong/],
    [{ DATABASE_URL: 'postgres://127.0.0.1:1/none', POSTRIDER_DATA: '/tmp/postrider-no-database' }, /^DATABASE_URL: /],
  ])('names %j in one line', async (env, line) => {
    const { code, output } = await failedStart(env as Record<string, string>);
    expect(output.trim()).toMatch(line);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
  });
});
