import { randomUUID } from 'node:crypto';
import { MessageAccepted, MessageHeld, SendAttempted, type RecordedEvent } from '@postrider/event-contracts';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { testService, type TestService } from '@postrider/service-host';
import { eventually } from '@postrider/test-backends';
import fc from 'fast-check';
import { projections } from '../projections.module';
import { appendStory } from '../testing/append-story';
import { decision, messageStory, requested, status } from '../testing/message-story';

let service: TestService;
let logs: Map<'dispatch' | 'webhooks' | 'configuration' | 'templates' | 'journeys', EventLog>;

beforeAll(async () => {
  const names = ['configuration', 'templates', 'dispatch', 'webhooks', 'journeys'] as const;
  logs = new Map(names.map((name) => [name, memoryLog({ service: name })]));
  service = await testService(projections, { otherLogs: logs });
});
afterAll(() => service.close());

const newId = (): string => `${randomUUID().slice(0, 24)}000000000000`;
const attempted = (messageId: string, wamid = `wamid.${messageId}`) => [
  SendAttempted.of({ messageId, attempt: 1, senderId: messageStory.senderId, fence: 1 }),
  MessageAccepted.of({ messageId, attempt: 1, wamid }),
];
const settled = async (): Promise<void> => {
  for (const source of ['dispatch', 'webhooks'] as const)
    expect(await service.host.readers.caughtUp('projections:messages', source, 5_000)).toBe(true);
};
const stateOf = async (messageId: string): Promise<string> =>
  (await service.ask('GET', `/v1/messages/${messageId}`)).body.state;
/** The rows as logs would hold them: statuses on a webhooks stream of the message's own, dispatch's versions in order. */
const storyOf = (messageId: string, told: Parameters<typeof messageStory>[0]): RecordedEvent[] =>
  messageStory(told, messageId).map((event) =>
    event.service === 'webhooks' ? { ...event, streamId: newId() } : event,
  );

describe('GET /v1/messages/{id}', () => {
  it('shows request, decision, attempts, statuses, price and timeline', async () => {
    const messageId = newId();
    const told = [
      requested({ messageId, reference: 'order-7' }),
      ...attempted(messageId),
      status('sent', { messageId, pricing: { category: 'utility', billable: true } }),
      status('delivered', { messageId }),
    ];
    await appendStory(logs, storyOf(messageId, told));
    await settled();
    const { status: code, body } = await service.ask('GET', `/v1/messages/${messageId}`);
    expect(code).toBe(200);
    expect(body).toMatchObject({
      id: messageId,
      state: 'delivered',
      channel: 'orders',
      to: { phone: '+15551234500' },
      origin: { kind: 'api' },
      wamid: `wamid.${messageId}`,
      reference: 'order-7',
      decision: { outcome: 'send' },
      attempts: [{ attempt: 1, state: 'delivered' }],
      price: { category: 'utility', billable: true },
    });
    expect(body.statuses.map((each: { status: string }) => each.status)).toEqual(['sent', 'delivered']);
    expect(body.timeline.map((entry: { type: string }) => entry.type)).toContain('SendAttempted');
  });

  it('and the list show the newest decision with its trail, whatever is told after it, and after a rebuild', async () => {
    const messageId = newId();
    const trailOf = (rule: string) => [
      { rule, verdict: 'hold' as const, because: `${rule} says so`, inputs: { n: 7 } },
    ];
    const until = '2026-11-22T12:00:00.000Z';
    const [first, newest] = (['quiet-hours', 'frequency-cap'] as const).map((code) => {
      return { ...decision('hold', code), until, trail: trailOf(code) };
    });
    const asked = requested({ messageId, decision: first!, reference: messageId });
    const held = MessageHeld.of({ messageId, code: 'frequency-cap', until, decision: newest! });
    const told = storyOf(messageId, [asked, held, ...attempted(messageId), status('sent', { messageId })]);
    const shown = async () => [
      (await service.ask('GET', `/v1/messages/${messageId}`)).body.decision,
      (await service.ask('GET', `/v1/messages?reference=${messageId}`)).body.data[0].decision,
    ];
    await appendStory(logs, told.slice(0, 2));
    await settled();
    expect(await shown()).toEqual([newest, newest]);
    await appendStory(logs, told.slice(2));
    await settled();
    expect(await shown()).toEqual([newest, newest]);
    await service.readers.rebuild('projections:messages', () => undefined);
    await eventually(settled, { withinMs: 10_000 });
    expect(await shown()).toEqual([newest, newest]);
  });

  it('asks dispatch for a message that was not projected yet, and nobody for another workspace’s', async () => {
    const messageId = newId();
    const [request] = storyOf(messageId, [requested({ messageId })]);
    const late = await testService(projections, {
      otherLogs: logs,
      internal: { stream: async (_, id) => (id === messageId ? [request!] : []) },
    });
    expect((await late.ask('GET', `/v1/messages/${messageId}`)).body).toMatchObject({
      state: 'requested',
      id: messageId,
    });
    expect((await late.ask('GET', `/v1/messages/${newId()}`)).status).toBe(404);
    expect((await late.ask('GET', `/v1/messages/not-an-id`)).status).toBe(404);
    await late.close();
  });

  it('finds the message of a status without callback data by its wamid, whichever comes first', async () => {
    for (const statusFirst of [true, false]) {
      const messageId = newId();
      const events = storyOf(messageId, [
        requested({ messageId }),
        ...attempted(messageId),
        { ...status('read', { wamid: `wamid.${messageId}`, messageId: undefined }) },
      ]);
      await appendStory(logs, statusFirst ? [events[3]!] : events.slice(0, 3));
      await settled();
      await appendStory(logs, statusFirst ? events.slice(0, 3) : [events[3]!]);
      await settled();
      expect(await stateOf(messageId)).toBe('read');
    }
  });
});

describe('GET /v1/messages', () => {
  it('filters, and pages through the newest first', async () => {
    const reference = `ref-${randomUUID()}`;
    const ids = [newId(), newId(), newId()];
    for (const messageId of ids) await appendStory(logs, storyOf(messageId, [requested({ messageId, reference })]));
    await settled();
    const first = await service.ask('GET', `/v1/messages?reference=${reference}&limit=2&state=requested`);
    const second = await service.ask('GET', `/v1/messages?reference=${reference}&limit=2&after=${first.body.next}`);
    const seen = [...first.body.data, ...second.body.data].map((message: { id: string }) => message.id);
    expect(seen.sort()).toEqual([...ids].sort());
    expect(second.body.next).toBeNull();
    expect(first.body.data[0]).not.toHaveProperty('timeline');
    expect((await service.ask('GET', '/v1/messages?state=gone')).body.code).toBe('malformed');
  });
});

describe('the figures', () => {
  const figures = async (channel: string) =>
    (await service.ask('GET', '/v1/reports/delivery?by=channel')).body.data.find(
      (row: { channel: string }) => row.channel === channel,
    );

  it('reconcile: every message in one bucket, whatever the order and repetition of its events', async () => {
    const names = ['sent', 'delivered', 'read', 'failed'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.constantFrom(...names), { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        async (statusesOf, random) => {
          const channelName = `c-${randomUUID()}`;
          const stories = statusesOf.map((statuses) => {
            const messageId = newId();
            return storyOf(messageId, [
              requested({ messageId, channelName }),
              ...attempted(messageId),
              ...statuses.map((name) => status(name, { messageId })),
            ]);
          });
          const key = new Map(stories.flat().map((event) => [event.id, random.next().value as number]));
          const webhooks = stories.flat().filter((event) => event.service === 'webhooks');
          const shuffled = [...webhooks].sort((a, b) => key.get(a.id)! - key.get(b.id)!);
          const dispatch = stories.flat().filter((event) => event.service === 'dispatch');
          const half = shuffled.length / 2;
          await appendStory(logs, [...shuffled.slice(0, half), ...dispatch, ...shuffled.slice(half), ...shuffled]);
          await settled();
          const expected = statusesOf.map((statuses) =>
            statuses.includes('read')
              ? 'read'
              : statuses.includes('delivered')
                ? 'delivered'
                : statuses.includes('failed')
                  ? 'failed'
                  : 'sent',
          );
          const failed = expected.filter((state) => state === 'failed').length;
          expect(await figures(channelName)).toMatchObject({
            targeted: stories.length,
            failed,
            sent: stories.length - failed,
            delivered: expected.filter((state) => state === 'delivered' || state === 'read').length,
            read: expected.filter((state) => state === 'read').length,
            pending: 0,
          });
        },
      ),
      { numRuns: 15 },
    );
  });

  it('leave test messages out, and tell refusals by code', async () => {
    const channelName = `c-${randomUUID()}`;
    const [tested, refused] = [newId(), newId()];
    await appendStory(logs, storyOf(tested, [requested({ messageId: tested, channelName, test: true })]));
    await appendStory(
      logs,
      storyOf(refused, [requested({ messageId: refused, channelName, decision: decision('refuse', 'stopped') })]),
    );
    await settled();
    expect(await figures(channelName)).toMatchObject({ targeted: 1, refused: 1 });
    const { body } = await service.ask('GET', '/v1/reports/decisions?by=channel,day');
    const row = body.data.find((each: { channel: string }) => each.channel === channelName);
    expect(row).toMatchObject({ outcome: 'refuse', code: 'stopped', messages: 1, day: '2026-11-22' });
  });

  it('are the same after a rebuild', async () => {
    const before = (await service.ask('GET', '/v1/reports/delivery?by=channel,minute,country,template')).body;
    await service.readers.rebuild('projections:messages', () => undefined);
    await eventually(settled, { withinMs: 10_000 });
    expect((await service.ask('GET', '/v1/reports/delivery?by=channel,minute,country,template')).body).toEqual(before);
  });
});
