import { ContactErased } from '@postrider/event-contracts';
import { aliasKey } from '@postrider/keys';
import { testClock, testService, type TestService } from '@postrider/service-host';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { heldOfPerson } from '../receipts/held-of-person';
import { change, delivery, entry, messagesChange, nowSeconds, textMessage } from '../testing/deliveries';
import { credentialsOf, signatureOf } from '../testing/signed';
import { webhooks } from '../webhooks.module';

let service: TestService;
let secret: Uint8Array;
const clock = testClock(new Date(nowSeconds * 1_000));
beforeAll(async () => {
  service = await testService(webhooks, {
    clock,
    internal: { allCredentials: () => Promise.resolve([credentialsOf()]) },
  });
  secret = await service.host.internal.identitySecret(service.workspaceId);
});
afterAll(() => service.close());

const [anna, ben] = ['34600000001', '34600000002'];
const keys = (phone: string) => [aliasKey(secret, { phone })];

async function deliver(...changes: Record<string, unknown>[]): Promise<void> {
  const payload = JSON.stringify(delivery(entry(changes)));
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(payload) };
  const answer = await service.fastify.inject({ method: 'POST', url: '/webhooks/meta', payload, headers });
  expect(answer.statusCode).toBe(200);
  clock.advance(1_000);
}

async function rawChangesOf(aliasKeys: readonly string[], workspaceId = service.workspaceId): Promise<unknown> {
  const held = heldOfPerson({ pool: service.host.pool, log: service.log });
  return (await held({ workspaceId, contactIds: [], aliasKeys: [...aliasKeys] })).rawChanges;
}

const alone = { news: { wa_id: anna, said: 'the words of anna' } };
const together = { news: [{ wa_id: anna }, { wa_id: ben, said: 'the words of ben' }] };
const entryOf = (raw: unknown, mayNameOthers: boolean) => ({
  ...{ id: expect.any(String), receivedAt: expect.any(Date) },
  type: 'UnrecognisedChangeReceived',
  ...{ field: 'a_field_of_tomorrow', because: 'the field is not known', mayNameOthers, raw },
});

describe('what is held of a person', () => {
  it('has what was not understood and may be about them, in its raw form and in order', async () => {
    await deliver(change('a_field_of_tomorrow', alone));
    await deliver(change('a_field_of_tomorrow', together), change('a_field_of_tomorrow', { said: 'by nobody' }));
    await deliver(messagesChange({ messages: [textMessage({ from: anna })] }));
    await eventually(async () => {
      expect(await rawChangesOf(keys(anna))).toEqual([entryOf(alone, false), entryOf(together, true)]);
      expect(await rawChangesOf(keys(ben))).toEqual([entryOf(together, true)]);
    });
    expect(await rawChangesOf([...keys(anna), ...keys(ben)])).toEqual([
      entryOf(alone, false),
      entryOf(together, false),
    ]);
  });

  it('has nothing of strangers, nor of other workspaces', async () => {
    expect(await rawChangesOf(keys('34600000003'))).toEqual([]);
    expect(await rawChangesOf(keys(anna), v7())).toEqual([]);
  });

  it('is the same after a rebuild', async () => {
    const before = await rawChangesOf(keys(anna));
    await service.host.pool.query('delete from raw_change');
    expect(await rawChangesOf(keys(anna))).toEqual([]);
    expect((await service.ask('POST', '/v1/operations/projections/webhooks:raw-changes/rebuild')).status).toBe(202);
    await eventually(async () => expect(await rawChangesOf(keys(anna))).toEqual(before), { withinMs: 10_000 });
  });

  it('has what names an erased person too no longer in a form that can be read', async () => {
    const contactId = v7();
    const aliasKeys = keys(ben);
    await service.logs.get('dispatch')!.append([
      {
        ...{ streamId: contactId, expectedVersion: 'any', orderingKey: aliasKeys[0]! },
        events: [{ ...ContactErased.of({ contactId, suppressionHashes: aliasKeys }), at: clock.now() }],
        meta: { workspaceId: service.workspaceId, actor: 'spec', correlationId: 'spec', aliasKeys },
      },
    ]);
    await eventually(async () =>
      expect(await rawChangesOf(keys(anna))).toEqual([entryOf(alone, false), entryOf(null, true)]),
    );
  });

  it('has what they wrote in a group', async () => {
    const { length } = (await rawChangesOf(keys(anna))) as unknown[];
    await deliver(
      messagesChange({
        messages: [textMessage({ from: anna, from_user_id: undefined, group_id: 'Y2FwaV9ncm91cDox' })],
      }),
    );
    await eventually(async () =>
      expect(((await rawChangesOf(keys(anna))) as unknown[]).slice(length)).toEqual([
        {
          ...{ id: expect.any(String), receivedAt: expect.any(Date), type: 'GroupMessageReceived' },
          mayNameOthers: false,
          raw: expect.objectContaining({ phone: anna, message: expect.objectContaining({ type: 'text' }) }),
        },
      ]),
    );
  });
});
