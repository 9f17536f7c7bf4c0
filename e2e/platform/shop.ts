import { randomUUID } from 'node:crypto';
import { eventually } from '@postrider/test-backends';
import type { Answer, Call } from './http';
import type { PublicBody } from './public-body';

/** Connects the simulator's account over the API and opens the channel `shop` on its first number. */
export async function openShop(call: Call, graphUrl: string, channel: object = {}): Promise<void> {
  const connection = {
    name: 'shop',
    wabaId: '2000000000000001',
    accessToken: 'simulator-token',
    appId: '1000000000000001',
    appSecret: 'simulator-app-secret',
    graphUrl,
    policyAcknowledged: true,
  };
  const account = await made(call, '/v1/business-accounts', connection);
  expect({ status: account.status, failed: account.body.checks?.filter(({ ok }) => !ok) }).toEqual({
    status: 201,
    failed: [],
  });
  const senderId = await eventually(
    async () => {
      const { body } = await call('GET', `/v1/business-accounts/${account.body.id}`);
      const sender = body.senders.find(({ phoneNumberId }) => phoneNumberId === '3000000000000001');
      if (sender === undefined) throw new Error('the number of the account is not shown yet');
      return sender.id;
    },
    { withinMs: 20_000, everyMs: 250 },
  );
  const settings = { name: 'shop', senderId, purpose: 'transactional', ...channel };
  const { body } = await made(call, '/v1/channels', settings);
  await eventually(
    async () => expect(await call('POST', `/v1/channels/${body.id}/activate`)).toMatchObject({ status: 200 }),
    { withinMs: 20_000, everyMs: 250 },
  );
  await eventually(
    async () => expect((await call('GET', '/v1/templates?name=order_update&state=approved')).body.data).toHaveLength(1),
    { withinMs: 20_000 },
  );
}

/**
 * Makes something once. Just after a start, and on machines that have much to do, the answer may be that a part cannot be
 * reached, and what was asked for is there all the same: under the same key it is answered for.
 */
export function made(call: Call, path: string, body: object): Promise<Answer> {
  const headers = { 'idempotency-key': randomUUID() };
  return eventually(
    async () => {
      const answer = await call('POST', path, body, headers);
      if (answer.status === 503) throw new Error(`POST ${path} answers 503: ${answer.body.detail}`);
      return answer;
    },
    { withinMs: 20_000, everyMs: 250 },
  );
}

export const orderUpdate = (phone: string, changes: object = {}) => ({
  channel: 'shop',
  to: { phone },
  template: { name: 'order_update', language: 'en_US', variables: ['Ana', 'A-1042'] },
  ...changes,
});

/** So many different people who read what they get; another `from` gives other people. */
export function readers(count: number, from: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const place = from + index;
    return `+346${String(Math.floor(place / 80)).padStart(6, '0')}${String(place % 80).padStart(2, '0')}`;
  });
}

/** Every message there is, as the list shows it. */
export async function allMessages(call: Call): Promise<PublicBody[]> {
  const messages: PublicBody[] = [];
  for (let after = ''; ;) {
    const { status, body } = await call('GET', `/v1/messages?limit=500${after}`);
    expect(status).toBe(200);
    messages.push(...body.data);
    if (body.next === null) return messages;
    after = `&after=${encodeURIComponent(body.next)}`;
  }
}

/** Asks for all of them, in batches of a thousand; answers the ids. */
export async function requestAll(call: Call, phones: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let first = 0; first < phones.length; first += 1_000) {
    const messages = phones.slice(first, first + 1_000).map((phone) => orderUpdate(phone));
    const { status, body } = await call('POST', '/v1/messages/batch', { messages });
    expect({ status, refused: body.results?.filter(({ code }) => code !== undefined) }).toEqual({
      status: 202,
      refused: [],
    });
    ids.push(...body.results.map(({ id }) => id));
  }
  return ids;
}
