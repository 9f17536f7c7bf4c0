import { CommandRejected, type RecordedEvent } from '@postrider/event-contracts';
import { v7 } from 'uuid';
import { startDispatch, type Started, workspaceId } from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

const order = (phone: string, changes: object = {}) => ({
  channel: 'demo-transactional',
  to: { phone },
  template: { name: 'order_update', language: 'en_US', variables: ['Ada', 'A-1001'] },
  ...changes,
});
const publish = (value: unknown, changes: object = {}) =>
  started.service.host.commands.publish({ workspaceId, idempotencyKey: v7(), key: 'k', value, ...changes });

async function facts(type: string): Promise<RecordedEvent[]> {
  const { log } = started.service;
  const shards = await Promise.all((await log.heads()).map((_, shard) => log.readShard(shard, 0, 1_000)));
  return shards.flat().filter((event) => event.type === type);
}
const rejections = async () =>
  (await facts('CommandRejected')).map(({ data }) => data as { code: string; detail: string });

it('makes a message of a command, as the API would', async () => {
  await publish(order('+16505550700', { reference: 'by-command' }));
  const [requested] = await facts('MessageRequested');
  expect(requested).toMatchObject({
    actor: 'command',
    workspaceId,
    data: { reference: 'by-command', origin: { kind: 'api' } },
  });
});

it('makes a campaign’s message of a command that comes from one, also where many come at once', async () => {
  const id = v7();
  const phones = Array.from({ length: 30 }, (_, index) => `+165055508${10 + index}`);
  await Promise.all(
    phones.map((phone) =>
      publish(order(phone, { reference: phone.slice(1) }), { key: phone, headers: { origin: `campaign:${id}` } }),
    ),
  );
  const ours = (await facts('MessageRequested'))
    .map(({ data }) => data as { origin: unknown; reference?: string })
    .filter(({ reference }) => phones.includes(`+${reference}`));
  expect(ours.map(({ reference }) => reference).sort()).toEqual(phones.map((phone) => phone.slice(1)));
  for (const { origin } of ours) expect(origin).toEqual({ kind: 'campaign', id });
});

it('makes one message of two equal commands that come at once, and rejects a third with another body', async () => {
  const idempotencyKey = v7();
  const before = (await facts('MessageRequested')).length;
  await Promise.all(
    ['+16505550790', '+16505550790', '+16505550791'].map((phone, index) =>
      publish(order(phone), { idempotencyKey, key: `k${index}` }),
    ),
  );
  expect((await facts('MessageRequested')).length).toBe(before + 1);
});

it('writes down as malformed a command from nowhere', async () => {
  await publish(order('+16505550708'), { headers: { origin: 'campaign:spring' } });
  expect(await rejections()).toContainEqual(expect.objectContaining({ detail: expect.stringContaining('origin') }));
});

it('makes one message of a command that comes twice', async () => {
  const idempotencyKey = v7();
  const before = (await facts('MessageRequested')).length;
  for (let time = 0; time < 2; time++) await publish(order('+16505550701'), { idempotencyKey });
  expect((await facts('MessageRequested')).length).toBe(before + 1);
});

it.each([
  ['malformed', 'to.phone', order('none')],
  ['malformed', 'chanel', { ...order('+16505550702'), chanel: 'x' }],
  ['unknown-channel', 'nowhere', order('+16505550703', { channel: 'nowhere' })],
])('writes down as %s a command that cannot become a message (%s)', async (code, named, value) => {
  await publish(value);
  const last = (await rejections()).at(-1)!;
  expect(await rejections()).toContainEqual(expect.objectContaining({ code, detail: expect.stringContaining(named) }));
  expect(CommandRejected.data.safeParse(last).success).toBe(true);
});

it('writes down as rejected another body under a key', async () => {
  const idempotencyKey = v7();
  await publish(order('+16505550704'), { idempotencyKey });
  await publish(order('+16505550705'), { idempotencyKey });
  expect((await rejections()).map(({ code }) => code)).toContain('idempotency-key-reused');
});

it('writes down a command without a workspace under the installation’s own', async () => {
  await publish(order('+16505550706'), { workspaceId: 'nobody' });
  expect(await rejections()).toContainEqual(
    expect.objectContaining({ detail: expect.stringContaining('workspaceid') }),
  );
});

it('keeps what a command was refused for', async () => {
  await publish(order('+16505550707', { channel: 'demo-marketing' }));
  expect((await facts('MessageRefused')).map(({ data }) => (data as { code: string }).code)).toContain('no-consent');
});
