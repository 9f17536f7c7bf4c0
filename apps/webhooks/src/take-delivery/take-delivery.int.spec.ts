import { Readable } from 'node:stream';
import { SenderDiscovered } from '@postrider/event-contracts';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import {
  defaultWorkspaceId,
  testClock,
  testService,
  type AccountCredentials,
  type TestService,
} from '@postrider/service-host';
import {
  change,
  delivery,
  entry,
  messagesChange,
  nowSeconds,
  phoneNumberId,
  textMessage,
  wabaId,
  wireStatus,
} from '../testing/deliveries';
import { credentialsOf, signatureOf } from '../testing/signed';
import { webhooks } from '../webhooks.module';

let service: TestService;
let credentials: AccountCredentials[];
let asked: number;
let configuration: EventLog;

beforeEach(() => {
  credentials = [credentialsOf()];
  asked = 0;
});
beforeAll(async () => {
  configuration = memoryLog({ service: 'configuration' });
  service = await testService(webhooks, {
    clock: testClock(new Date(nowSeconds * 1_000 + 500)),
    otherLogs: new Map([['configuration', configuration]]),
    internal: {
      allCredentials: () => {
        asked += 1;
        return Promise.resolve(credentials);
      },
    },
  });
});
afterAll(() => service.close());

interface Sent {
  readonly signature?: string | undefined;
  readonly type?: string;
}
async function deliver(body: unknown, sent: Sent = {}) {
  const payload = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const signature = 'signature' in sent ? sent.signature : signatureOf(payload);
  const answer = await service.fastify.inject({
    method: 'POST',
    url: '/webhooks/meta',
    payload,
    headers: {
      'content-type': sent.type ?? 'application/json',
      ...(signature === undefined ? {} : { 'x-hub-signature-256': signature }),
    },
  });
  return { status: answer.statusCode, code: answer.body === '' ? undefined : (JSON.parse(answer.body).code as string) };
}
const counted = async (): Promise<{ facts: number; receipts: number }> => {
  const facts = (await service.log.heads()).reduce((sum, head) => sum + head, 0);
  const { rows } = await service.host.pool.query<{ count: string }>('select count(*) from receipt');
  return { facts, receipts: Number(rows[0]!.count) };
};
/** What a piece of work adds. */
async function added(work: () => Promise<unknown>): Promise<{ facts: number; receipts: number }> {
  const before = await counted();
  await work();
  const after = await counted();
  return { facts: after.facts - before.facts, receipts: after.receipts - before.receipts };
}
let next = 0;
const fresh = (over: Record<string, unknown> = {}) => textMessage({ id: `wamid.fresh.${next++}`, ...over });
const oneMessage = () => delivery(entry([messagesChange({ messages: [fresh()] })]));

describe('the signature', () => {
  const body = JSON.stringify(oneMessage());
  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['wrong', `sha256=${'0'.repeat(64)}`],
    ['of the wrong length', signatureOf(body).slice(0, -2)],
    ['right over different bytes', signatureOf(`${body} `)],
    ['of another algorithm', signatureOf(body).replace('sha256', 'sha1')],
    ['under another secret', signatureOf(body, 'not-the-secret')],
    ['no ASCII', 'sha256=ÿ'],
  ])('%s is 401, and nothing is stored', async (_, signature) => {
    const { facts, receipts } = await added(async () =>
      expect(await deliver(body, { signature })).toEqual({ status: 401, code: 'unauthenticated' }),
    );
    expect([facts, receipts]).toEqual([0, 0]);
  });

  it('is checked over the bytes as they came: escapes, spaces, any content type', async () => {
    const text = JSON.stringify(
      delivery(entry([messagesChange({ messages: [fresh({ text: { body: 'ä' } })] })])),
    ).replace('ä', '\\u00e4');
    expect((await deliver(` ${text}\n`)).status).toBe(200);
    expect((await deliver(text, { type: 'text/plain' })).status).toBe(200);
    expect((await deliver(text, { type: 'not a content type' })).status).toBe(200);
  });

  it('is right for a body that comes in chunks of no stated length', async () => {
    const text = JSON.stringify(oneMessage());
    const answer = await service.fastify.inject({
      method: 'POST',
      url: '/webhooks/meta',
      payload: Readable.from([Buffer.from(text.slice(0, 40)), Buffer.from(text.slice(40))]),
      headers: { 'transfer-encoding': 'chunked', 'x-hub-signature-256': signatureOf(text) },
    });
    expect(answer.statusCode).toBe(200);
  });

  it('of 3 MB is taken, and more than 4 MB is 413', async () => {
    const big = (bytes: number) => delivery(entry([change('new_field', { a: 'x'.repeat(bytes) })]));
    expect((await deliver(big(3 * 1024 * 1024))).status).toBe(200);
    expect(await deliver(big(4 * 1024 * 1024))).toEqual({ status: 413, code: 'too-large' });
  });

  it('of an account connected a moment ago is known', async () => {
    credentials = [credentialsOf(), credentialsOf({ wabaId: '77', appSecret: 'fresh-secret', appId: '7' })];
    const payload = JSON.stringify(delivery(entry([messagesChange({ messages: [fresh()] })], { id: '77' })));
    expect((await deliver(payload, { signature: signatureOf(payload, 'fresh-secret') })).status).toBe(200);
  });

  it('of an account is known from its connection on, also where deliveries of it were set aside right before', async () => {
    const body = () => delivery(entry([messagesChange({ messages: [fresh()] })], { id: '78' }));
    expect(await added(() => deliver(body()))).toEqual({ facts: 0, receipts: 1 });
    credentials = [credentialsOf(), credentialsOf({ wabaId: '78' })];
    expect(await added(() => deliver(body()))).toEqual({ facts: 1, receipts: 1 });
  });

  it('of accounts that nobody knows asks configuration a few times a second at most, however many come', async () => {
    const body = () => delivery(entry([messagesChange({ messages: [fresh()] })], { id: '79' }));
    await Promise.all(Array.from({ length: 200 }, () => deliver(body())));
    expect(asked).toBeLessThan(8);
  });

  it('a flood of wrong ones asks configuration a few times a second at most', async () => {
    await Promise.all(Array.from({ length: 200 }, () => deliver(body, { signature: `sha256=${'1'.repeat(64)}` })));
    expect(asked).toBeLessThan(8);
  });
});

describe('a delivery', () => {
  it('is stored with its facts before the 200', async () => {
    expect(await added(async () => expect((await deliver(oneMessage())).status).toBe(200))).toEqual({
      facts: 1,
      receipts: 1,
    });
  });

  it('of 2 entries of 3 changes of 100 items with one poison makes 599 facts and keeps one raw', async () => {
    let count = 0;
    const item = () => wireStatus({ id: `wamid.batch.${count}`, ...(count++ === 345 ? { status: 7 } : {}) });
    const changes = () => [0, 1, 2].map(() => messagesChange({ statuses: Array.from({ length: 100 }, item) }));
    const batch = delivery(entry(changes()), entry(changes()));
    expect(await added(() => deliver(batch))).toEqual({ facts: 600, receipts: 1 });
    const all = (await Promise.all([0, 1, 2, 3].map((shard) => service.log.readShard(shard, 0, 10_000)))).flat();
    const raw = all.filter(
      (event) => event.type === 'UnrecognisedChangeReceived' && JSON.stringify(event.personal).includes('batch.345'),
    );
    expect(raw).toHaveLength(1);
    expect(await added(() => deliver(batch))).toEqual({ facts: 0, receipts: 1 });
  });

  it('that comes twice at once is one event, and batched differently too', async () => {
    const [one, two] = [fresh(), fresh()];
    const alone = delivery(entry([messagesChange({ messages: [one] })]));
    const together = delivery(entry([messagesChange({ messages: [two, one] })]));
    const { facts } = await added(() => Promise.all([deliver(alone), deliver(alone), deliver(together)]));
    expect(facts).toBe(2);
  });

  it('of 200 people at once files each under their own conversation', async () => {
    const people = Array.from({ length: 200 }, (_, index) => ({
      wa_id: `1555777${1_000 + index}`,
      user_id: `US.7${index}`,
    }));
    await Promise.all(
      people.map((who) =>
        deliver(
          delivery(
            entry([
              messagesChange({
                contacts: people.map((each) => ({ ...each, profile: { name: `name of ${each.wa_id}` } })),
                messages: [fresh({ from: who.wa_id, from_user_id: who.user_id, text: { body: `by ${who.wa_id}` } })],
              }),
            ]),
          ),
        ),
      ),
    );
    const all = (await Promise.all([0, 1, 2, 3].map((shard) => service.log.readShard(shard, 0, 10_000)))).flat();
    const streams = new Map<string, Set<string>>();
    for (const event of all) {
      const said = event.personal as { phone?: string; name?: string; message?: { text?: { body?: string } } };
      if (!said?.phone?.startsWith('1555777')) continue;
      expect(said.message?.text?.body).toBe(`by ${said.phone}`);
      expect(said.name).toBe(`name of ${said.phone}`);
      streams.set(event.streamId, (streams.get(event.streamId) ?? new Set()).add(said.phone));
    }
    expect(streams.size).toBe(200);
    expect([...streams.values()].every((phones) => phones.size === 1)).toBe(true);
  });

  it('of 200 numbers and 50 people in parallel files each under the conversation of that person with that number', async () => {
    const numbers = Array.from({ length: 200 }, (_, index) => `39000000000${10_000 + index}`);
    const people = Array.from({ length: 50 }, (_, index) => `1555888${1_000 + index}`);
    await Promise.all(
      numbers.map((number, turn) => {
        const messages = people.map((from) =>
          fresh({ from, from_user_id: undefined, text: { body: `${from} to ${number}` } }),
        );
        // Each number's people in another order, so that no two deliveries are alike.
        const turned = [...messages.slice(turn % 50), ...messages.slice(0, turn % 50)];
        const value = { metadata: { phone_number_id: number }, contacts: [], messages: turned };
        return deliver(delivery(entry([messagesChange(value)]))).then(({ status }) => expect(status).toBe(200));
      }),
    );
    const shards = await Promise.all([0, 1, 2, 3].map((shard) => service.log.readShard(shard, 0, 50_000)));
    const streams = new Map<string, Set<string>>();
    for (const { streamId, personal } of shards.flat()) {
      const body = (personal as { message?: { text?: { body?: string } } } | undefined)?.message?.text?.body;
      if (body === undefined || !/^1555888\d+ to 39/.test(body)) continue;
      streams.set(streamId, (streams.get(streamId) ?? new Set()).add(body));
    }
    expect(streams.size).toBe(200 * 50);
    expect([...streams.values()].every((bodies) => bodies.size === 1)).toBe(true);
  });

  it.each([
    ['not JSON', 'hello'],
    ['empty', ''],
    ['a list', '[]'],
    ['deeper than any webhook', '['.repeat(100_000)],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe])],
    [
      'with NUL and half a surrogate pair',
      JSON.stringify(
        delivery(entry([messagesChange({ messages: [textMessage({ id: 'a\0b\ud800', text: { body: '\0' } })] })])),
      ),
    ],
    ['with an entry that is none', JSON.stringify(delivery({ nothing: 1 } as never))],
  ])('that is signed but %s is kept, and answered 200', async (_, body) => {
    expect(await added(async () => expect((await deliver(body)).status).toBe(200))).toEqual({ facts: 1, receipts: 1 });
  });

  it('is 503 while configuration cannot be asked who signs', async () => {
    const lonely = await testService(webhooks, {
      internal: { allCredentials: () => Promise.reject(new Error('down')) },
    });
    const answer = await lonely.fastify.inject({
      method: 'POST',
      url: '/webhooks/meta',
      payload: '{}',
      headers: { 'x-hub-signature-256': signatureOf('{}') },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'unavailable']);
    expect(answer.body).not.toContain('down');
    await lonely.close();
  });
});

describe('an entry of somebody else', () => {
  it('whose account is not the signing app’s is set aside: 200, a receipt, no facts', async () => {
    credentials = [credentialsOf(), credentialsOf({ wabaId: '88', appSecret: 'other', appId: '8' })];
    const body = delivery(
      entry([messagesChange({ messages: [fresh()] })], { id: '88' }),
      entry([messagesChange({ messages: [fresh()] })]),
    );
    expect(await added(async () => expect((await deliver(body)).status).toBe(200))).toEqual({ facts: 1, receipts: 1 });
  });

  it('whose number belongs to another account is set aside', async () => {
    const foreign = '3999';
    const senderId = derivedId.sender(defaultWorkspaceId, foreign);
    const event = SenderDiscovered.of({
      senderId,
      accountId: derivedId.account(defaultWorkspaceId, '99'),
      wabaId: '99',
      portfolioId: '1',
      phoneNumberId: foreign,
      displayPhoneNumber: '1',
      verifiedName: 'x',
      status: 'CONNECTED',
      quality: 'GREEN',
      throughputPerSecond: 80,
    });
    await configuration.append([
      {
        streamId: senderId,
        expectedVersion: 'any',
        orderingKey: senderId,
        events: [{ ...event, at: new Date() }],
        meta: { workspaceId: defaultWorkspaceId, actor: 'test', correlationId: 'test', aliasKeys: [] },
      },
    ]);
    await service.host.readers.caughtUp('webhooks:senders', 'configuration', 5_000);
    const value = { metadata: { phone_number_id: foreign }, messages: [fresh()] };
    expect(await added(() => deliver(delivery(entry([messagesChange(value)]))))).toEqual({ facts: 0, receipts: 1 });
    const known = { metadata: { phone_number_id: phoneNumberId }, messages: [fresh()] };
    expect(await added(() => deliver(delivery(entry([messagesChange(known)]))))).toEqual({ facts: 1, receipts: 1 });
    expect(wabaId).not.toBe('99');
  });
});
