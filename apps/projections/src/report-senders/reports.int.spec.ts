import { randomUUID } from 'node:crypto';
import {
  BusinessAccountConnected,
  CredentialsVerified,
  MessageAccepted,
  MessagingLimitChanged,
  SendAttempted,
  SenderDiscovered,
  SenderQualityChanged,
  SendingPaused,
  SendingResumed,
  TemplateApproved,
  TemplateDrafted,
  TemplatePaused,
} from '@postrider/event-contracts';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { testClock, testService, type TestService } from '@postrider/service-host';
import { watchMissingStatuses } from '../missing-statuses/watch-missing-statuses';
import { projections } from '../projections.module';
import { appendStory } from '../testing/append-story';
import { messageStory, requested, status } from '../testing/message-story';

const clock = testClock(messageStory.at);
const { accountId, senderId, workspaceId } = messageStory;
let service: TestService;
const logs = new Map<'configuration' | 'templates' | 'dispatch' | 'webhooks', EventLog>(
  (['configuration', 'templates', 'dispatch', 'webhooks'] as const).map((name) => [name, memoryLog({ service: name })]),
);
beforeAll(async () => {
  service = await testService(projections, { otherLogs: logs, clock });
});
afterAll(() => service.close());

type Source = 'configuration' | 'templates' | 'dispatch' | 'webhooks';
async function told(source: Source, streamId: string, ...events: { type: string; data: unknown }[]): Promise<void> {
  await logs.get(source)!.append([
    {
      ...{ streamId, expectedVersion: 'any', orderingKey: streamId },
      events: events.map((event) => ({ ...event, at: clock.now() })),
      meta: { workspaceId, actor: 'test', correlationId: 'test', aliasKeys: [] },
    },
  ]);
}
const sources: Readonly<Record<string, readonly Source[]>> = {
  'sender-health': ['configuration', 'dispatch'],
  'sender-traffic': ['dispatch', 'webhooks'],
  'template-catalogue': ['templates'],
  messages: ['dispatch', 'webhooks'],
};
async function settled(...readers: string[]): Promise<void> {
  for (const reader of readers)
    for (const source of sources[reader]!)
      expect(await service.host.readers.caughtUp(`projections:${reader}`, source, 5_000)).toBe(true);
}

it('a number shows its quality, limits, account, pauses and how busy it was', async () => {
  const number = { wabaId: '200', portfolioId: '15', phoneNumberId: '300', displayPhoneNumber: '+1 555' };
  await told(
    'configuration',
    accountId,
    BusinessAccountConnected.of({
      ...{ accountId, name: 'demo', wabaId: '200', portfolioId: '15', appId: '1', graphUrl: 'http://x' },
      ...{ checks: [], credentialsVersion: 1 },
    }),
    CredentialsVerified.of({
      accountId,
      credentialsVersion: 1,
      scopes: [],
      tokenExpiresAt: '2027-01-01T00:00:00.000Z',
      checks: [],
    }),
  );
  await told(
    'configuration',
    senderId,
    SenderDiscovered.of({
      ...{ senderId, accountId, ...number, verifiedName: 'Demo' },
      ...{ status: 'CONNECTED', quality: 'GREEN', throughputPerSecond: 80 },
    }),
    SenderQualityChanged.of({ senderId, quality: 'YELLOW', previous: 'GREEN' }),
  );
  await told(
    'configuration',
    derivedId.portfolio(workspaceId, '15'),
    MessagingLimitChanged.of({ portfolioId: '15', limit: 2_000, tier: 'TIER_2K' }),
  );
  const messageId = `${randomUUID().slice(0, 24)}000000000000`;
  const attempts = Array.from({ length: 60 }, (_, index) =>
    SendAttempted.of({ messageId, attempt: index + 1, senderId, fence: 1 }),
  );
  await told('dispatch', messageId, ...attempts);
  const pause = { scope: 'account' as const, scopeId: accountId };
  await told(
    'dispatch',
    derivedId.sendingScope(workspaceId, 'account', accountId),
    SendingPaused.of({ ...pause, error: { code: 'token', title: 'Bad token' } }),
  );
  await settled('sender-health', 'sender-traffic');
  const [shown] = (await service.ask('GET', '/v1/reports/senders')).body.data;
  expect(shown).toMatchObject({
    ...{ id: senderId, quality: 'YELLOW', status: 'CONNECTED', throughputPerSecond: 80, usedPerSecond: 1 },
    ...{ portfolioLimit: 2_000, stopped: null, lastHeardAt: null, paused: { code: 'token' } },
    account: { name: 'demo', tokenOk: true, tokenExpiresAt: '2027-01-01T00:00:00.000Z', restriction: null },
  });
  await told(
    'dispatch',
    derivedId.sendingScope(workspaceId, 'account', accountId),
    SendingResumed.of({ ...pause, because: 'rotated' }),
  );
  await settled('sender-health');
  expect((await service.ask('GET', '/v1/reports/senders')).body.data[0].paused).toBeNull();
});

it('a template shows its state and how its messages fared', async () => {
  const [templateId, other] = [randomUUID(), randomUUID()];
  const definition = {
    language: 'en_US',
    category: 'UTILITY' as const,
    parameterFormat: 'POSITIONAL' as const,
    components: [],
  };
  const owner = { accountId, wabaId: '200' };
  await told(
    'templates',
    templateId,
    TemplateDrafted.of({ templateId, ...owner, definition: { ...definition, name: 'order_update' } }),
    TemplateApproved.of({ templateId }),
  );
  await told(
    'templates',
    other,
    TemplateDrafted.of({ templateId: other, ...owner, definition: { ...definition, name: 'welcome' } }),
    TemplatePaused.of({ templateId: other }),
  );
  const messageId = `${randomUUID().slice(0, 24)}000000000000`;
  await appendStory(
    logs,
    messageStory([requested({ messageId }), status('read', { messageId, attempt: 1 })], messageId),
  );
  await settled('template-catalogue', 'messages');
  const { data } = (await service.ask('GET', '/v1/reports/templates')).body;
  expect(data).toMatchObject([
    {
      id: templateId,
      name: 'order_update',
      state: 'approved',
      performance: { targeted: 1, sent: 1, read: 1, failed: 0 },
    },
    { id: other, name: 'welcome', state: 'paused', performance: { targeted: 0 } },
  ]);
  expect((await service.ask('GET', '/v1/reports/templates?state=paused')).body.data).toHaveLength(1);
});

it('messages that Meta accepted and told nothing of for ten minutes are an alarm, until it does', async () => {
  const messageId = `${randomUUID().slice(0, 24)}000000000000`;
  const sent = [
    requested({ messageId }),
    SendAttempted.of({ messageId, attempt: 1, senderId, fence: 1 }),
    MessageAccepted.of({ messageId, attempt: 1, wamid: 'wamid.quiet' }),
  ];
  await appendStory(logs, messageStory(sent, messageId));
  await settled('messages');
  const { pool, readers } = service.host;
  const look = () => watchMissingStatuses({ pool, clock, readers }).look();
  const raised = async () => (await service.ask('GET', '/v1/alarms')).body.data;
  await look();
  expect(await raised()).toEqual([]);
  clock.advance(11 * 60_000);
  await look();
  await look();
  expect(await raised()).toMatchObject([{ service: 'projections', kind: 'statuses-missing', subject: { senderId } }]);
  const heard = messageStory([status('sent', { messageId, attempt: 1 })], messageId);
  await appendStory(
    logs,
    heard.map((event) => ({ ...event, id: randomUUID() })),
  );
  await settled('messages');
  await look();
  expect(await raised()).toEqual([]);
});
