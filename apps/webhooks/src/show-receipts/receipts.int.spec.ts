import { randomUUID } from 'node:crypto';
import {
  defaultWorkspaceId,
  testClock,
  testService,
  type AccountCredentials,
  type TestService,
} from '@postrider/service-host';
import { eventually } from '@postrider/test-backends';
import { delivery, entry, messagesChange, nowSeconds, phoneNumberId, textMessage, wabaId } from '../testing/deliveries';
import { credentialsOf, signatureOf } from '../testing/signed';
import { webhooks } from '../webhooks.module';

let service: TestService;
let credentials: AccountCredentials[];
const clock = testClock(new Date(nowSeconds * 1_000));
const neighbour = randomUUID();

beforeAll(async () => {
  service = await testService(webhooks, { clock, internal: { allCredentials: () => Promise.resolve(credentials) } });
});
afterAll(() => service.close());
beforeEach(async () => {
  credentials = [credentialsOf()];
  clock.advance(60_000);
  await deliver(delivery());
  await service.host.pool.query('delete from receipt');
});

async function deliver(body: unknown): Promise<string> {
  const payload = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(payload) };
  const answer = await service.fastify.inject({ method: 'POST', url: '/webhooks/meta', payload, headers });
  expect(answer.statusCode).toBe(200);
  return payload;
}
const aMessage = (id: string) => entry([messagesChange({ messages: [textMessage({ id })] })]);
const receipts = async (query = '') => (await service.ask('GET', `/v1/receipts${query}`)).body.data;
const factsSoFar = async (): Promise<number> => (await service.log.heads()).reduce((sum, head) => sum + head, 0);

async function replayed(body: object) {
  const { status, body: asked } = await service.ask('POST', '/v1/receipts/replay', body);
  expect(status).toBe(202);
  return eventually(
    async () => {
      const { body: replay } = await service.ask('GET', `/v1/receipts/replay/${asked.id}`);
      expect(replay.state).toBe('done');
      return replay;
    },
    { withinMs: 10_000 },
  );
}

describe('GET /v1/receipts', () => {
  it('shows deliveries as they came, byte for byte, by time and number', async () => {
    const payload = await deliver(delivery(aMessage('wamid.r1')));
    const [shown] = await receipts(`?phoneNumberId=${phoneNumberId}&from=2026-01-01T00:00:00Z`);
    expect(shown).toMatchObject({
      body: payload,
      bytes: payload.length,
      facts: 1,
      wabaIds: [wabaId],
      quarantined: null,
    });
    expect((await service.ask('GET', `/v1/receipts/${shown.id}`)).body.body).toBe(payload);
    expect(await receipts('?phoneNumberId=1')).toEqual([]);
    expect(await receipts('?to=2026-01-01T00:00:00Z')).toEqual([]);
  });

  it('shows what was set aside to those whose app signed it', async () => {
    await deliver(delivery({ ...aMessage('wamid.r2'), id: '999' }));
    expect(await receipts('?quarantined=true')).toMatchObject([
      { facts: 0, quarantined: expect.stringContaining('account') },
    ]);
  });

  it('shows of a delivery for several workspaces only what is the caller’s', async () => {
    credentials = [credentialsOf(), credentialsOf({ wabaId: '55', workspaceId: neighbour })];
    clock.advance(60_000);
    await deliver(delivery());
    await deliver(delivery(aMessage('wamid.mine'), { ...aMessage('wamid.theirs'), id: '55' }));
    const [shown] = await receipts();
    expect(shown).toMatchObject({ partial: true, wabaIds: [wabaId] });
    expect(shown.body).toContain('wamid.mine');
    expect(shown.body).not.toContain('wamid.theirs');
  });
});

describe('POST /v1/receipts/replay', () => {
  it('adds nothing where the facts are known', async () => {
    await deliver(delivery(aMessage('wamid.p1')));
    const before = await factsSoFar();
    expect(await replayed({ from: '2026-01-01T00:00:00Z' })).toMatchObject({ receipts: 1, facts: 1 });
    expect(await factsSoFar()).toBe(before);
  });

  it('makes the facts of a receipt whose account was connected a moment ago', async () => {
    await deliver(delivery({ ...aMessage('wamid.p2'), id: '66' }));
    const [{ id }] = await receipts();
    const before = await factsSoFar();
    credentials = [...credentials, credentialsOf({ wabaId: '66', workspaceId: defaultWorkspaceId })];
    expect(await replayed({ receiptId: id })).toMatchObject({ receipts: 1, facts: 1 });
    expect(await factsSoFar()).toBe(before + 1);
  });

  it('needs to be told what', async () => {
    expect((await service.ask('POST', '/v1/receipts/replay', {})).status).toBe(400);
    expect((await service.ask('GET', `/v1/receipts/replay/${randomUUID()}`)).status).toBe(404);
  });
});
