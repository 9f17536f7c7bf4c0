import { embeddedBus } from '@postrider/messaging';
import { memoryLog } from '@postrider/event-store';
import { fakeInternalCalls, openService } from '@postrider/service-host';
import type { ServiceName } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { pino } from 'pino';
import { webhooks } from '../webhooks.module';
import { credentialsOf } from './signed';

/** Webhooks in a process of its own, for specs that kill it: `DATABASE_URL` in, its address on the first line out. */
async function serve(): Promise<void> {
  const opened = await openService(webhooks, {
    env: process.env,
    logger: pino({ level: 'silent' }),
    listen: { host: '127.0.0.1', port: 0 },
  });
  const logs = new Map<ServiceName, EventLog>([
    ['webhooks', opened.log],
    ['configuration', memoryLog({ service: 'configuration' })],
    ['dispatch', memoryLog({ service: 'dispatch' })],
  ]);
  const running = await opened.start({
    bus: embeddedBus(logs),
    internal: { ...fakeInternalCalls(logs), allCredentials: () => Promise.resolve([credentialsOf()]) },
  });
  process.stdout.write(`${running.url}\n`);
}

void serve();
