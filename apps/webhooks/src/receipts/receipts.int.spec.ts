import { ContactErased } from '@postrider/event-contracts';
import { aliasKey } from '@postrider/keys';
import { testClock, testService, type TestService } from '@postrider/service-host';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { change, delivery, entry, messagesChange, nowSeconds, textMessage } from '../testing/deliveries';
import { credentialsOf, signatureOf } from '../testing/signed';
import { webhooks } from '../webhooks.module';

const day = 86_400_000;
let service: TestService;
const clock = testClock(new Date(nowSeconds * 1_000));
beforeAll(async () => {
  service = await testService(webhooks, {
    clock,
    internal: { allCredentials: () => Promise.resolve([credentialsOf()]) },
  });
});
afterAll(() => service.close());

const from = (phone: string, body: string) => textMessage({ id: `wamid.${v7()}`, from: phone, text: { body } });
const deliver = (...messages: ReturnType<typeof textMessage>[]): Promise<string> =>
  deliverChange(messagesChange({ messages }));
const deliverUnknown = (said: string): Promise<string> => deliverChange(change('new_field', { said }));
async function deliverChange(changed: Record<string, unknown>): Promise<string> {
  const payload = JSON.stringify(delivery(entry([changed])));
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(payload) };
  const answer = await service.fastify.inject({ method: 'POST', url: '/webhooks/meta', payload, headers });
  expect(answer.statusCode).toBe(200);
  return payload;
}
const stored = async (): Promise<string> => {
  const { rows } = await service.host.pool.query<{ body: Buffer }>('select body from receipt');
  return rows.map(({ body }) => body.toString('latin1')).join();
};
const shown = async (): Promise<string> =>
  JSON.stringify((await service.ask('GET', '/v1/receipts')).body.data.map(({ body }: { body?: string }) => body));

describe('receipts', () => {
  it('lie sealed, those from before too, and are shown as they came', async () => {
    const payload = await deliver(from('34600000001', 'the words of anna'));
    expect(await stored()).not.toContain('the words of anna');
    expect((await service.ask('GET', '/v1/receipts')).body.data[0]).toMatchObject({
      body: payload,
      bytes: payload.length,
    });
    await service.host.pool.query('update receipt set body = $1, bytes = null', [Buffer.from(payload)]);
    expect((await service.ask('GET', '/v1/receipts')).body.data[0]).toMatchObject({
      body: payload,
      bytes: payload.length,
    });
  });

  it('lose the items of an erased person, and keep those of others', async () => {
    await deliver(from('34600000001', 'the words of anna'), from('34600000002', 'the words of ben'));
    await deliver(from('34600000002', 'more words of ben'));
    const secret = await service.host.internal.identitySecret(service.workspaceId);
    const aliasKeys = [aliasKey(secret, { phone: '34600000001' })];
    const contactId = v7();
    await service.logs.get('dispatch')!.append([
      {
        ...{ streamId: contactId, expectedVersion: 'any', orderingKey: aliasKeys[0]! },
        events: [{ ...ContactErased.of({ contactId, suppressionHashes: aliasKeys }), at: clock.now() }],
        meta: { workspaceId: service.workspaceId, actor: 'spec', correlationId: 'spec', aliasKeys },
      },
    ]);
    await eventually(async () => expect(await shown()).not.toContain('34600000001'));
    expect(await shown()).toContain('the words of ben');
    expect(await shown()).toContain('more words of ben');
    expect(await shown()).not.toContain('anna');
  });

  it('end with the key of their day', async () => {
    const keys = async () => {
      const { rows } = await service.host.pool.query<{ subject: string }>(
        `select subject from log.part_key
          where (subject like 'receipts %' or subject like 'raw %') and wrapped is not null order by 1`,
      );
      return rows.map(({ subject }) => subject);
    };
    await deliverUnknown('words of somebody unnamed');
    const [rawToday, today] = await keys();
    expect([rawToday, today]).toEqual([expect.stringMatching(/^raw /), expect.stringMatching(/^receipts /)]);
    clock.advance(15 * day + 1_000);
    await deliver(from('34600000003', 'later words'));
    expect(await keys()).toHaveLength(3);
    const { databaseUrl } = { databaseUrl: service.host.pool.options.connectionString! };
    await service.close();
    service = await testService(webhooks, {
      ...{ clock, databaseUrl },
      internal: { allCredentials: () => Promise.resolve([credentialsOf()]) },
    });
    await eventually(async () => expect(await keys()).toHaveLength(1), { withinMs: 10_000 });
    expect(await keys()).not.toContain(today);
  });
});
