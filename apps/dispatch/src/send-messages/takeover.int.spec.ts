import { startSimulator } from '@postrider/cloud-api-simulator';
import { SendAttempted } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { senderId, slowSenderId, startDispatch } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }), { env: { POSTRIDER_SEND_TIMEOUT_MS: '5000' } });
});
afterAll(() => sending.close());

async function attempted(id: string, fence: number): Promise<void> {
  const [first] = await sending.service.log.readStream(id);
  const { workspaceId, correlationId, aliasKeys, orderingKey } = first!;
  const event = SendAttempted.of({ messageId: id, attempt: 1, senderId, fence });
  const meta = { workspaceId, actor: 'test', correlationId, aliasKeys };
  const events = [{ ...event, at: sending.clock.now() }];
  await sending.service.log.append([{ streamId: id, expectedVersion: 1, orderingKey, events, meta }]);
}

const laterAt = (): string => new Date(sending.clock.now().getTime() + 3_600_000).toISOString();

it('calls unknown what an earlier holder of the sender left without an outcome', async () => {
  const id = await sending.send('+49305550600', { scheduledAt: laterAt() });
  await attempted(id, 0);
  await sending.becomes(id, 'MessageRequested', 'SendAttempted', 'OutcomeUnknown');
  expect(await sending.atMeta('+49305550600')).toEqual([]);
});

it('knows of an intent of its own that is not in hand that it never left', async () => {
  const { rows } = await eventually(async () => {
    const held = await sending.service.host.pool.query<{ fence: string }>(
      'select fence from log.lease where name = $1',
      [`sender:${senderId}`],
    );
    return held.rows.length > 0 && held;
  });
  const id = await sending.send('+49305550601', { scheduledAt: laterAt() });
  await attempted(id, Number(rows[0]!.fence));
  const events = await eventually(
    async () => {
      const events = await sending.service.log.readStream(id);
      return events.at(-1)!.type === 'MessageAccepted' && events;
    },
    { withinMs: 15_000 },
  );
  expect(events.map(({ type }) => type)).toEqual([
    'MessageRequested',
    'SendAttempted',
    'AttemptNotSent',
    'SendAttempted',
    'MessageAccepted',
  ]);
});

it('sends each message once while two workers tear the sender from each other', async () => {
  const other = await startDispatch({
    others: sending.others,
    databaseUrl: sending.databaseUrl,
    graphUrl: sending.url,
    clock: sending.clock,
  });
  const phones = Array.from({ length: 200 }, (_, index) => `+1650559${1_000 + index}`);
  const { body } = await sending.service.ask('POST', '/v1/messages/batch', {
    messages: phones.map((phone) => sending.order(phone, { channel: 'slow-transactional', onUnknown: 'hold' })),
  });
  const ids: string[] = body.results.map((result: { id: string }) => result.id);
  const { pool } = sending.service.host;
  const robbed = async (): Promise<void> => {
    await pool.query(
      `update log.lease set owner = 'a robber', expires_at = clock_timestamp() - interval '1 s' where name = $1`,
      [`sender:${slowSenderId}`],
    );
  };
  let left = phones.length;
  let robberies = 0;
  const settled = ['MessageAccepted', 'OutcomeUnknown', 'OutcomeResolved'];
  await eventually(
    async () => {
      const streams = await sending.service.log.readStreams(ids);
      const open = [...streams.values()].filter((events) => !settled.includes(events.at(-1)!.type));
      if (open.length < left && open.length > 0 && robberies++ < 3) await robbed();
      left = open.length;
      expect(open).toEqual([]);
    },
    { withinMs: 40_000, everyMs: 300 },
  );
  const streams = await sending.service.log.readStreams(ids);
  const fences = new Set([...streams.values()].flat().flatMap(({ data }) => (data as { fence?: number }).fence ?? []));
  const received = await Promise.all(phones.map(async (phone) => (await sending.atMeta(phone)).length));
  expect(received.filter((count) => count > 1)).toEqual([]);
  ids.forEach((id, index) => {
    const accepted = streams.get(id)!.some(({ type }) => type === 'MessageAccepted');
    expect([id, accepted && received[index] === 0]).toEqual([id, false]);
  });
  expect(fences.size).toBeGreaterThan(1);
  await other.service.close();
});

it('remembers whom the last holder has just sent to', async () => {
  const phone = '+493055506020';
  const order = (count: number) => Array.from({ length: count }, () => sending.order(phone));
  const { body } = await sending.service.ask('POST', '/v1/messages/batch', { messages: order(45) });
  const ids: string[] = body.results.map((result: { id: string }) => result.id);
  const gone = async () => {
    const streams = [...(await sending.service.log.readStreams(ids)).values()];
    return streams.filter((events) => events.at(-1)!.type === 'MessageAccepted').length;
  };
  await eventually(async () => expect(await gone()).toBe(45), { withinMs: 10_000 });
  await sending.service.close();
  const { service } = await startDispatch({
    others: sending.others,
    databaseUrl: sending.databaseUrl,
    graphUrl: sending.url,
    clock: sending.clock,
  });
  const next = await service.ask('POST', '/v1/messages', sending.order(phone));
  const other = await service.ask('POST', '/v1/messages', sending.order('+493055506021'));
  await eventually(async () => expect((await service.log.readStream(other.body.id)).length).toBe(3), {
    withinMs: 10_000,
  });
  expect((await service.log.readStream(next.body.id)).map(({ type }) => type)).toEqual(['MessageRequested']);
  sending.clock.advance(46 * 6_000);
  await eventually(async () => expect((await service.log.readStream(next.body.id)).length).toBe(3), {
    withinMs: 10_000,
  });
  await service.close();
});
