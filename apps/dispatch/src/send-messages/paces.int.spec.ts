import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { sayChannel, senderId, startDispatch } from '../testing/set-up';

interface Departure {
  readonly to: string;
  readonly atMs: number;
}

/** As undici writes each request to its connection. */
const departures: Departure[] = [];
const written = (news: unknown): void => {
  const { request } = news as { request: { method: string; path: string; body: Buffer | string } };
  if (request.method !== 'POST' || !request.path.endsWith('/messages')) return;
  const { to } = JSON.parse(String(request.body)) as { to: string };
  departures.push({ to, atMs: performance.now() });
};
// The channel is the process's own, which runs other specs after this one.
beforeAll(() => subscribe('undici:client:sendHeaders', written));
afterAll(() => void unsubscribe('undici:client:sendHeaders', written));

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }), { env: { POSTRIDER_SEND_TIMEOUT_MS: '8000' } });
});
afterAll(() => sending.close());

const people = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${1_000 + index}`);

const departed = (phones: readonly string[]): number[] => {
  const wanted = new Set(phones);
  return departures.flatMap(({ to, atMs }) => (wanted.has(to) ? [atMs] : []));
};

const busiestSecond = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length));

const ask = (body: object) => sending.service.ask('POST', '/v1/messages/batch', body);
const orders = (phones: readonly string[], changes?: object) => phones.map((phone) => sending.order(phone, changes));

it("keeps a channel's own rate in any second, and lets the number's other messages pass", async () => {
  await sayChannel(sending.others, { name: 'gentle', senderId, purpose: 'transactional', ratePerSecond: 20 });
  const gentle = people('+1650561', 70);
  await ask({ messages: orders(gentle, { channel: 'gentle' }) });
  await eventually(() => expect(departed(gentle).length).toBeGreaterThan(0), { withinMs: 20_000 });
  const others = people('+1650562', 30);
  await ask({ messages: orders(others) });
  await eventually(() => expect(departed(others)).toHaveLength(30), { withinMs: 20_000 });
  await eventually(() => expect(departed(gentle)).toHaveLength(70), { withinMs: 20_000 });
  expect(busiestSecond(departed(gentle))).toBeLessThanOrEqual(20);
});

it('keeps the rate that a batch names where all of it has come due, over a takeover too; others pass', async () => {
  const slow = people('+1650563', 36);
  await ask({ messages: orders(slow), ratePerSecond: 8 });
  sending.later(60_000);
  await eventually(() => expect(departed(slow).length).toBeGreaterThan(8), { withinMs: 20_000, everyMs: 5 });
  await sending.service.close();
  const heir = await startDispatch({
    others: sending.others,
    databaseUrl: sending.databaseUrl,
    graphUrl: sending.url,
    clock: sending.clock,
  });
  const others = people('+1650564', 20);
  await heir.service.ask('POST', '/v1/messages/batch', { messages: orders(others) });
  await eventually(() => expect(departed(slow)).toHaveLength(36), { withinMs: 30_000 });
  expect(busiestSecond(departed(slow))).toBeLessThanOrEqual(8);
  expect(departed(others)).toHaveLength(20);
  await heir.service.close();
});
