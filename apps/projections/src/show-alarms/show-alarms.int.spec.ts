import { randomUUID } from 'node:crypto';
import { DispatchAlarmCleared, DispatchAlarmRaised, WebhooksAlarmRaised } from '@postrider/event-contracts';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { defaultWorkspaceId, testService, type TestService } from '@postrider/service-host';
import { projections } from '../projections.module';

let service: TestService;
const logs = new Map<'dispatch' | 'webhooks' | 'configuration' | 'templates', EventLog>(
  (['configuration', 'templates', 'dispatch', 'webhooks'] as const).map((name) => [name, memoryLog({ service: name })]),
);
beforeAll(async () => {
  service = await testService(projections, {
    otherLogs: logs,
    internal: {
      get: async <T>(name: string) => {
        if (name === 'dispatch') throw new Error('unreachable');
        return (
          name === 'webhooks' ? { service: name, readers: [{ reader: 'webhooks:senders' }], parked: [] } : undefined
        ) as T;
      },
    },
  });
});
afterAll(() => service.close());

async function told(
  source: 'dispatch' | 'webhooks',
  event: { type: string; data: unknown },
  streamId: string,
): Promise<void> {
  await logs.get(source)!.append([
    {
      streamId,
      expectedVersion: 'any',
      orderingKey: streamId,
      events: [{ ...event, at: new Date() }],
      meta: { workspaceId: defaultWorkspaceId, actor: 'test', correlationId: 'test', aliasKeys: [] },
    },
  ]);
  await service.host.readers.caughtUp('projections:alarms', source, 5_000);
}
const raised = async () => (await service.ask('GET', '/v1/alarms')).body.data as { key: string }[];

it('an alarm is shown from the moment it is raised until it is cleared, by key and service', async () => {
  const [stream, other] = [randomUUID(), randomUUID()];
  const alarm = { key: 'k', kind: 'token-rejected', severity: 'critical' as const, text: 'Give it a new token.' };
  await told('dispatch', DispatchAlarmRaised.of(alarm), stream);
  await told('webhooks', WebhooksAlarmRaised.of({ ...alarm, subject: { sender: 's' } }), other);
  expect(await raised()).toMatchObject([
    { service: 'webhooks', subject: { sender: 's' } },
    {
      service: 'dispatch',
      kind: 'token-rejected',
      severity: 'critical',
      text: alarm.text,
      raisedAt: expect.any(String),
    },
  ]);
  await told('dispatch', DispatchAlarmCleared.of({ key: 'k', kind: 'token-rejected' }), stream);
  expect(await raised()).toMatchObject([{ service: 'webhooks' }]);
  expect((await service.ask('GET', '/v1/alarms?state=cleared')).body.data).toMatchObject([{ service: 'dispatch' }]);
});

it('streams are gathered from every service, and one that cannot be asked is said so', async () => {
  const { data } = (await service.ask('GET', '/v1/streams')).body;
  expect(data).toEqual([
    { service: 'dispatch', available: false, readers: [], parked: [] },
    { service: 'webhooks', available: true, readers: [{ reader: 'webhooks:senders' }], parked: [] },
  ]);
});
