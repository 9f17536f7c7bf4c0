import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from '@postrider/decider';
import type { ServiceName } from '@postrider/event-contracts';
import type { EventLog, PersonalParts } from '@postrider/event-store';
import type { Bus, CommandsPort, RunningReaders } from '@postrider/messaging';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Environment } from './environment';
import type { ApiKeys } from './http/api-keys';
import type { RequestHandler } from './http/listen';
import type { InternalCalls } from './internal-calls';
import type { Background, ServiceHost } from './service-definition';

/** What a service is run on. Everything but the environment has a default that fits a process of its own. */
export interface ServiceRuntime {
  readonly env: Environment;
  /** Else `DATABASE_URL` of the environment. */
  readonly databaseUrl?: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Else the one key of `POSTRIDER_API_KEY`, and those that configuration made. */
  readonly apiKeys?: ApiKeys;
  /** Of the log; fixed for an installation's life. */
  readonly shards?: number;
  /** False where no other process reads the service's log, which saves it the announcements. */
  readonly acrossProcesses?: boolean;
  /** Connections for hot paths, beside the log's own. */
  readonly poolSize?: number;
  readonly metrics?: Registry;
  /** Where to listen; without it only `fastify` can be asked. */
  readonly listen?: { readonly host: string; readonly port: number } | false;
}

/** What only exists once every service's log is open. */
export interface Surroundings {
  readonly bus: Bus;
  readonly internal: InternalCalls;
  /** Where requests to send come in; without it commands stay inside the process. */
  readonly commands?: CommandsPort;
  /** Waits for keys of other services' personal parts, where these come by a bus of their own. */
  readonly keysCame?: (ids: readonly string[]) => Promise<void>;
  /** Further loops beside the service's own, such as the relay to Kafka. */
  readonly background?: (host: ServiceHost<unknown>) => readonly Background[];
  /** Names what else is missing for the service to be ready: `broker`. */
  readonly missing?: () => Promise<readonly string[]> | readonly string[];
}

/** A service whose database and log are open and which does nothing yet. */
export interface OpenedService {
  readonly name: ServiceName;
  readonly log: EventLog;
  readonly pool: Pool;
  readonly parts: PersonalParts;
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
  start(surroundings: Surroundings): Promise<RunningService>;
  /** For a service that was never started; a running one is closed by its own `close`. */
  close(): Promise<void>;
}

export interface RunningService {
  readonly name: ServiceName;
  /** Where it listens, if it does. */
  readonly url?: string;
  readonly app: NestFastifyApplication;
  readonly fastify: FastifyInstance;
  /** Answers any request, as its own address does. */
  readonly answer: RequestHandler;
  readonly host: ServiceHost<unknown>;
  readonly readers: RunningReaders;
  /** Stops taking requests, lets what is at hand finish, then lets go of everything, within about the deadline. */
  close(deadlineMs?: number): Promise<void>;
}
