import { memoryLog, type EventLog } from '@postrider/event-store';
import { serviceNames, type ServiceName } from '@postrider/event-contracts';
import { embeddedBus } from '@postrider/messaging';
import { pino } from 'pino';
import type { Environment } from '../environment';
import { defaultWorkspaceId } from '../http/api-keys';
import type { InternalCalls } from '../internal-calls';
import { openService } from '../open-service';
import type { RunningService, ServiceRuntime } from '../runtime';
import type { ServiceDefinition } from '../service-definition';
import { fakeInternalCalls } from './fake-internal-calls';
import { testClock, type TestClock } from './test-clock';

/** The key that `testService` takes: `authorization: Bearer …`. */
export const testApiKey = 'test-api-key-of-all-scopes';
/** Thirty-two bytes that protect nothing. */
export const testMasterKey = Buffer.alloc(32, 7).toString('base64');

export interface TestService extends RunningService {
  readonly clock: TestClock;
  /** The service's own. */
  readonly log: EventLog;
  /** Its own, and the stand-ins for all others: append there what the service should hear. */
  readonly logs: ReadonlyMap<ServiceName, EventLog>;
  readonly workspaceId: string;
  /** Asks the service as a caller with all scopes would. */
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<TestAnswer>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- specs reach into answers of every shape
  readonly body: any;
}

export interface TestSurroundings {
  readonly env?: Environment;
  readonly clock?: TestClock;
  /** Of a database made earlier, to start on it again; else a fresh one. */
  readonly databaseUrl?: string;
  /** Stand-ins for other services' logs (`memoryLog`), to append what the service should hear. */
  readonly otherLogs?: ReadonlyMap<ServiceName, EventLog>;
  /** What is not given is answered from the logs, with no credentials. */
  readonly internal?: Partial<InternalCalls>;
  readonly runtime?: Partial<ServiceRuntime>;
}

/** Starts one service on a fresh Postgres database, with the embedded bus over its own log and stand-ins for the others. */
export async function testService<Config>(
  definition: ServiceDefinition<Config>,
  surroundings: TestSurroundings = {},
): Promise<TestService> {
  // Loaded here, so that a service in production never loads what only tests start.
  const { testPostgres } = await import('@postrider/test-backends');
  const databaseUrl = surroundings.databaseUrl ?? (await (await testPostgres()).newDatabase(definition.name));
  const clock = surroundings.clock ?? testClock();
  const opened = await openService(definition, {
    env: { POSTRIDER_API_KEY: testApiKey, POSTRIDER_MASTER_KEY: testMasterKey, ...surroundings.env },
    databaseUrl,
    clock,
    logger: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    ...surroundings.runtime,
  });
  const logs = new Map<ServiceName, EventLog>([
    ...serviceNames.map((service) => [service, memoryLog({ service, shards: opened.log.shards })] as const),
    ...(surroundings.otherLogs ?? []),
    [definition.name, opened.log],
  ]);
  const bus = embeddedBus(logs);
  const internal = { ...fakeInternalCalls(logs), ...surroundings.internal };
  const running = await opened.start({ bus, internal });
  return {
    ...running,
    clock,
    log: opened.log,
    logs,
    workspaceId: defaultWorkspaceId,
    async ask(method, url, body, headers = {}) {
      const answer = await running.fastify.inject({
        method,
        url,
        headers: {
          authorization: `Bearer ${testApiKey}`,
          ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: answer.body === '' ? undefined : read(answer.body),
      };
    },
    async close(deadlineMs = 5_000) {
      await running.close(deadlineMs);
      await bus.close();
    },
  };
}

function read(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return body;
    throw error;
  }
}
