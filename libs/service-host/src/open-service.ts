import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from '@postrider/decider';
import { eventStoreMigrations, postgresLeases, postgresLog, type EventLog } from '@postrider/event-store';
import { keyring } from '@postrider/keys';
import type { Bus } from '@postrider/messaging';
import { messagingMigrations, runReaders, type RunningReaders } from './messaging-stand-in';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { pino, type Logger } from 'pino';
import { Registry } from 'prom-client';
import type { ServiceName } from '@postrider/event-contracts';
import { openDatabase } from './database/open-database';
import { EnvironmentError, HostEnvironment, readEnvironment, type Environment } from './environment';
import { installationKey, type ApiKeys } from './http/api-keys';
import { openHttpApp } from './http/http-app';
import { countInFlight } from './http/in-flight';
import { listenHttp, type HttpFront } from './http/listen';
import { postgresClaims } from './idempotency/claims';
import { Idempotent, idempotentRequests } from './idempotency/idempotent';
import { hostMigrations } from './idempotency/idempotency-key.migration';
import { sweepClaims } from './idempotency/sweep-claims';
import type { InternalCalls } from './internal-calls';
import { lateProgress } from './late-progress';
import { platformRoutes } from './platform-routes';
import { readerProgress } from './reader-progress';
import { runBackground } from './run-background';
import type { ServiceDefinition, ServiceHost, ServiceParts } from './service-definition';
import { systemClock } from './system-clock';

/** What a service is run on. Everything but the environment has a default that fits a process of its own. */
export interface ServiceRuntime {
  readonly env: Environment;
  /** Else `DATABASE_URL` of the environment. */
  readonly databaseUrl?: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Else the one key of `POSTRIDER_API_KEY`. */
  readonly apiKeys?: ApiKeys;
  /** Of the log; fixed for an installation's life. */
  readonly shards?: number;
  /** Connections for hot paths. */
  readonly poolSize?: number;
  readonly metrics?: Registry;
  /** Where to listen; without it only `fastify` can be asked. */
  readonly listen?: { readonly host: string; readonly port: number } | false;
}

/** What only exists once every service's log is open. */
export interface Surroundings {
  readonly bus: Bus;
  readonly internal: InternalCalls;
}

/** A service whose database and log are open and which does nothing yet. */
export interface OpenedService {
  readonly name: ServiceName;
  readonly log: EventLog;
  readonly pool: Pool;
  readonly databaseUrl: string;
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
  readonly host: ServiceHost<unknown>;
  readonly readers: RunningReaders;
  /** Stops taking requests, lets what is at hand finish, then lets go of everything, within about the deadline. */
  close(deadlineMs?: number): Promise<void>;
}

const defaultDeadlineMs = 10_000;

/** Opens a service's database and log, so that a composition root can have every log before anything starts. */
export async function openService<Config>(
  definition: ServiceDefinition<Config>,
  runtime: ServiceRuntime,
): Promise<OpenedService> {
  const { name } = definition;
  const env = readEnvironment(HostEnvironment, runtime.env);
  const config = readEnvironment(definition.config, runtime.env);
  const databaseUrl = runtime.databaseUrl ?? runtime.env.DATABASE_URL;
  if (!databaseUrl) throw new EnvironmentError('DATABASE_URL is missing');
  const clock = runtime.clock ?? systemClock;
  const logger = (runtime.logger ?? pino()).child({ service: name });
  const {
    pool,
    database,
    close: closeDatabase,
  } = await openDatabase({
    url: databaseUrl,
    name,
    migrations: [eventStoreMigrations, messagingMigrations, hostMigrations, definition.migrations],
    entities: definition.entities,
    poolSize: runtime.poolSize ?? 6,
    logger,
  });
  const log = await postgresLog({
    service: name,
    pool,
    connectionString: databaseUrl,
    ...(runtime.shards === undefined ? {} : { shards: runtime.shards }),
  });
  const closeStorage = async (): Promise<void> => {
    await log.close();
    await closeDatabase();
  };
  return {
    name,
    log,
    pool,
    databaseUrl,
    close: closeStorage,
    async start({ bus, internal }) {
      const claims = postgresClaims(pool, clock);
      const late = lateProgress();
      const host: ServiceHost<Config> = {
        name,
        config,
        clock,
        pool,
        database,
        log,
        leases: postgresLeases(pool),
        keys: keyring(env.POSTRIDER_MASTER_KEY),
        internal,
        readers: late.progress,
        idempotent: idempotentRequests(claims),
        claims,
        logger,
        metrics: runtime.metrics ?? new Registry(),
      };
      const parts = await definition.compose(host);
      const readers = await runReaders({ readers: parts.readers, bus, pool, clock, logger });
      late.set(readerProgress(readers, internal));
      const apiKeys = runtime.apiKeys ?? installationKey(env.POSTRIDER_API_KEY);
      const http = await openHttp(host, parts, readers, apiKeys);
      const background = runBackground([...(parts.background ?? []), sweepClaims(claims)], logger);
      const front = runtime.listen ? await listen(runtime.listen, http.fastify) : undefined;
      return {
        name,
        ...(front ? { url: front.url } : {}),
        app: http.app,
        fastify: http.fastify,
        host,
        readers,
        async close(deadlineMs = defaultDeadlineMs) {
          const doors = front?.close(deadlineMs);
          await Promise.all([background.close(deadlineMs), readers.close(deadlineMs), http.app.close(), doors]);
          await http.settled(deadlineMs);
          await closeStorage();
        },
      };
    },
  };
}

/** Opens and starts a service whose bus and internal calls are there already. */
export async function startService<Config>(
  definition: ServiceDefinition<Config>,
  runtime: ServiceRuntime & {
    readonly bus: Bus | ((log: EventLog) => Bus | Promise<Bus>);
    readonly internal: InternalCalls;
  },
): Promise<RunningService> {
  const opened = await openService(definition, runtime);
  try {
    const bus = typeof runtime.bus === 'function' ? await runtime.bus(opened.log) : runtime.bus;
    return await opened.start({ bus, internal: runtime.internal });
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openHttp(host: ServiceHost<unknown>, parts: ServiceParts, readers: RunningReaders, apiKeys: ApiKeys) {
  let settled: (deadlineMs: number) => Promise<boolean> = () => Promise.resolve(true);
  const opened = await openHttpApp({
    controllers: parts.controllers,
    providers: [...parts.providers, { provide: Idempotent, useValue: host.idempotent }],
    apiKeys,
    internalToken: host.keys.internalToken,
    logger: host.logger,
    metrics: host.metrics,
    async addRoutes(fastify) {
      settled = countInFlight(fastify).settled;
      platformRoutes(fastify, { host, readers, parts });
      await parts.fastify?.(fastify);
    },
  });
  return { ...opened, settled };
}

function listen(at: { host: string; port: number }, fastify: FastifyInstance): Promise<HttpFront> {
  return listenHttp(at, (request, response) => fastify.routing(request, response));
}
