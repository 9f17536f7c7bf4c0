import { createHash } from 'node:crypto';
import { Fault } from '@postrider/decider';
import type { ServiceName } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import type { InternalCalls } from '../internal-calls';

/** Internal calls answered from the logs at hand; identity secrets are made from the workspace, credentials there are none. */
export function fakeInternalCalls(logs: ReadonlyMap<ServiceName, EventLog>): InternalCalls {
  const logOf = (service: ServiceName): EventLog => {
    const log = logs.get(service);
    if (log) return log;
    throw new Fault({
      code: 'unavailable',
      message: `${service} does not run here`,
      publicText: 'A part of the installation cannot be asked just now.',
      retryable: true,
    });
  };
  return {
    head: async (service) => logOf(service).heads(),
    stream: async (service, streamId) => logOf(service).readStream(streamId),
    credentials: () => Promise.resolve(undefined),
    allCredentials: () => Promise.resolve([]),
    identitySecret: (workspaceId) => Promise.resolve(createHash('sha256').update(`identity:${workspaceId}`).digest()),
    get: () => Promise.resolve(undefined),
    ask: () => Promise.resolve(undefined),
  };
}
