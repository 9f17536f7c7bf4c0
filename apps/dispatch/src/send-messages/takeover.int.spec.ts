import { startSimulator } from '@postrider/cloud-api-simulator';
import { SendAttempted } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { senderId, startDispatch } from '../testing/set-up';

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
  const { rows } = await sending.service.host.pool.query<{ fence: string }>(
    'select fence from log.lease where name = $1',
    [`sender:${senderId}`],
  );
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
  const phones = Array.from({ length: 400 }, (_, index) => `+1650559${1_000 + index}`);
  const { body } = await sending.service.ask('POST', '/v1/messages/batch', {
    messages: phones.map((phone) => sending.order(phone, { onUnknown: 'hold' })),
  });
  const ids: string[] = body.results.map((result: { id: string }) => result.id);
  const { pool } = sending.service.host;
  const robbed = async (): Promise<void> => {
    await pool.query(`update log.lease set expires_at = clock_timestamp() - interval '1 s' where name = $1`, [
      `sender:${senderId}`,
    ]);
  };
  const settled = ['MessageAccepted', 'OutcomeUnknown', 'OutcomeResolved'];
  await eventually(
    async () => {
      await robbed();
      const streams = await sending.service.log.readStreams(ids);
      const open = [...streams.values()].filter((events) => !settled.includes(events.at(-1)!.type));
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
}, 90_000);
