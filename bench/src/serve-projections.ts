import { assess } from '@postrider/compliance';
import { MessageAccepted, MessageRequested, SendAttempted, type ServiceName } from '@postrider/event-contracts';
import { memoryLog, personalParts, postgresLog, postgresPartKeys, type EventLog } from '@postrider/event-store';
import { aliasKey, derivedId, keyring } from '@postrider/keys';
import { embeddedBus } from '@postrider/messaging';
import { projections } from '@postrider/projections';
import { defaultWorkspaceId as workspaceId, fakeInternalCalls, openService } from '@postrider/service-host';
import { Pool } from 'pg';
import { pino } from 'pino';
import { exampleFacts } from './example-facts';
import { identitySecret, messageIdOf, recipientOf } from './signed-deliveries';

/**
 * Projections alone in a process, as in the distributed form, but behind the log of webhooks itself. Dispatch has said of
 * `KNOWN_MESSAGES` messages, in memory, that Meta accepted them; its address is printed once those are folded.
 */
async function serve(): Promise<void> {
  const webhooksUrl = process.env.WEBHOOKS_DATABASE_URL ?? '';
  const pool = new Pool({ connectionString: webhooksUrl, max: 2 });
  const keys = keyring(Buffer.from(process.env.POSTRIDER_MASTER_KEY ?? '', 'base64'));
  const parts = personalParts({ service: 'webhooks', store: postgresPartKeys(pool), keys });
  const logs = new Map<ServiceName, EventLog>([
    ['configuration', memoryLog({ service: 'configuration' })],
    ['templates', memoryLog({ service: 'templates' })],
    ['journeys', memoryLog({ service: 'journeys' })],
    ['dispatch', await acceptedMessages(Number(process.env.KNOWN_MESSAGES))],
    ['webhooks', await postgresLog({ service: 'webhooks', connectionString: webhooksUrl, parts })],
  ]);
  const opened = await openService(projections, {
    env: process.env,
    logger: pino({ level: 'warn' }, pino.destination(2)),
    listen: { host: '127.0.0.1', port: 0 },
  });
  const running = await opened.start({ bus: embeddedBus(logs), internal: fakeInternalCalls(logs) });
  const caughtUp = (reader: string) => running.readers.caughtUp(reader, 'dispatch', 60_000);
  if (!(await caughtUp('projections:messages')) || !(await caughtUp('projections:conversations')))
    throw new Error('the messages were not folded within a minute');
  console.log(running.url);
}

async function acceptedMessages(count: number): Promise<EventLog> {
  const log = memoryLog({ service: 'dispatch' });
  const senderId = derivedId.sender(workspaceId, '3000000000000001');
  const accountId = derivedId.account(workspaceId, '2000000000000001');
  const at = new Date();
  const decision = assess(exampleFacts());
  const content = { type: 'template', template: { name: 'order_update', language: 'en_US' } } as const;
  for (let place = 0; place < count; place++) {
    const [messageId, phone] = [messageIdOf(place), recipientOf(place)];
    const key = aliasKey(identitySecret, { phone });
    const told = [
      MessageRequested.of(
        {
          ...{ messageId, accountId, senderId, content, decision, country: 'US' },
          ...{ channelId: derivedId.channel(workspaceId, 'shop'), channelName: 'shop', purpose: 'transactional' },
          ...{ contactId: derivedId.fact('contact', phone), phoneNumberId: '3000000000000001', lane: 'utility' },
          ...{ origin: { kind: 'api' }, onUnknown: 'give-up' },
        },
        { to: { phone }, payload: content },
      ),
      SendAttempted.of({ messageId, attempt: 1, senderId, fence: 1 }),
      MessageAccepted.of({ messageId, attempt: 1, wamid: `wamid.${messageId}` }),
    ];
    await log.append([
      {
        ...{ streamId: messageId, expectedVersion: 'any', orderingKey: key },
        events: told.map((event) => ({ ...event, at })),
        meta: { workspaceId, actor: 'bench', correlationId: messageId, aliasKeys: [key] },
      },
    ]);
  }
  return log;
}

void serve();
