import {
  BusinessAccountConnected,
  ChannelActivated,
  ChannelDrafted,
  SenderDiscovered,
  TemplateApproved,
  TemplateDrafted,
  type ServiceName,
} from '@postrider/event-contracts';
import { dispatch } from '@postrider/dispatch';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import type { DomainEvent } from '@postrider/decider';
import { embeddedBus, kafkaBus, kafkaCommands, kafkaRelay, type Bus } from '@postrider/messaging';
import {
  defaultWorkspaceId as workspaceId,
  fakeInternalCalls,
  openService,
  type OpenedService,
  type Surroundings,
} from '@postrider/service-host';
import { pino } from 'pino';

/**
 * Dispatch alone in a process, as in the distributed form; what other services would say stands in memory. Its number
 * may send `NUMBER_PER_SECOND`. With `KAFKA_BROKERS` it hears its own events by Kafka, and takes commands from there.
 */
async function serve(): Promise<void> {
  const [wabaId, phoneNumberId, portfolioId] = ['2000000000000001', '3000000000000001', '1500000000000001'];
  const graphUrl = process.env.GRAPH_URL ?? '';
  const accountId = derivedId.account(workspaceId, wabaId);
  const senderId = derivedId.sender(workspaceId, phoneNumberId);
  const channelId = derivedId.channel(workspaceId, 'shop');
  const templateId = derivedId.template(accountId, 'order_update', 'en_US');
  const logs = new Map<ServiceName, EventLog>(
    (['configuration', 'templates', 'webhooks', 'journeys'] as const).map((service) => [
      service,
      memoryLog({ service }),
    ]),
  );
  const say = async (service: ServiceName, streamId: string, ...events: DomainEvent[]): Promise<void> => {
    const meta = { workspaceId, actor: 'bench', correlationId: streamId, aliasKeys: [] };
    const dated = events.map((event) => ({ ...event, at: new Date() }));
    await logs.get(service)?.append([{ streamId, expectedVersion: 'any', orderingKey: streamId, events: dated, meta }]);
  };
  const account = {
    accountId,
    name: 'bench',
    wabaId,
    portfolioId,
    appId: '1',
    graphUrl,
    checks: [],
    credentialsVersion: 1,
  };
  await say('configuration', accountId, BusinessAccountConnected.of(account));
  const number = {
    displayPhoneNumber: '+1 555 010 0001',
    verifiedName: 'Bench',
    status: 'CONNECTED',
    quality: 'GREEN',
  };
  const sender = {
    senderId,
    accountId,
    wabaId,
    portfolioId,
    phoneNumberId,
    throughputPerSecond: Number(process.env.NUMBER_PER_SECOND),
    ...number,
  };
  await say('configuration', senderId, SenderDiscovered.of(sender as never));
  const settings = { name: 'shop', senderId, purpose: 'transactional' as const };
  await say('configuration', channelId, ChannelDrafted.of({ channelId, settings }), ChannelActivated.of({ channelId }));
  const definition = {
    name: 'order_update',
    language: 'en_US',
    category: 'UTILITY' as const,
    parameterFormat: 'POSITIONAL' as const,
    components: [
      { type: 'BODY', text: 'Hello {{1}}, your order {{2}} is on its way.', example: { body_text: [['A', 'B']] } },
    ],
  };
  const drafted = TemplateDrafted.of({ templateId, accountId, wabaId, definition });
  await say('templates', templateId, drafted, TemplateApproved.of({ templateId }));

  const opened = await openService(dispatch, {
    env: process.env,
    logger: pino({ level: 'warn' }),
    listen: { host: '127.0.0.1', port: 0 },
  });
  logs.set('dispatch', opened.log);
  const tokens = { appId: '1', accessToken: 'simulator-token', appSecret: 'simulator-app-secret' };
  const credentials = { accountId, workspaceId, wabaId, graphUrl, credentialsVersion: 1, ...tokens };
  const running = await opened.start({
    ...transport(logs, opened),
    internal: { ...fakeInternalCalls(logs), credentials: () => Promise.resolve(credentials) },
  });
  console.log(running.url);
}

/** What dispatch says goes by Kafka, where there is one; the others' few words come from memory all the same. */
function transport(
  logs: ReadonlyMap<ServiceName, EventLog>,
  { log: ownLog }: Pick<OpenedService, 'log'>,
): Pick<Surroundings, 'bus' | 'commands' | 'background'> {
  const embedded = embeddedBus(logs);
  const { KAFKA_BROKERS: brokers, KAFKA_INSTALLATION: installation = 'bench' } = process.env;
  if (brokers === undefined) return { bus: embedded };
  const kafka = { brokers: brokers.split(','), clientId: 'bench', installation, shards: 4 };
  const own = kafkaBus({ ...kafka, open: (events) => ownLog.open(events) });
  const bus: Bus = {
    subscribe: (asked) => (asked.source === 'dispatch' ? own : embedded).subscribe(asked),
    open: (source, events) => (source === 'dispatch' ? own : embedded).open(source, events),
    close: async () => void (await Promise.all([own.close(), embedded.close()])),
  };
  return {
    bus,
    commands: kafkaCommands(kafka),
    background: ({ log, pool, leases, alarms }) => [kafkaRelay({ ...kafka, log, pool, leases, alarms })],
  };
}

void serve();
