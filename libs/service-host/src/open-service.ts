import {
  eventStoreMigrations,
  personalParts,
  postgresLeases,
  postgresLog,
  postgresPartKeys,
  type EventLog,
} from '@postrider/event-store';
import type { ServiceName } from '@postrider/event-contracts';
import { keyring } from '@postrider/keys';
import { embeddedCommands, messagingMigrations, type Bus } from '@postrider/messaging';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { alarmsOf } from './alarms';
import { openDatabase } from './database/open-database';
import { EnvironmentError, HostEnvironment, readEnvironment } from './environment';
import { eitherOf, installationKey } from './http/api-keys';
import { postgresClaims } from './idempotency/claims';
import { idempotentRequests } from './idempotency/idempotent';
import type { InternalCalls } from './internal-calls';
import { keptKeys } from './kept-keys/kept-keys';
import { keyUses } from './kept-keys/key-uses';
import { lateProgress } from './late-progress';
import { measuredLog } from './measured-log';
import { hostMigrations } from './migrations';
import { erasures } from './personal-parts/erasures';
import { resealPartKeys } from './personal-parts/reseal-part-keys';
import { sealStored } from './personal-parts/seal-stored';
import { forgetReadings } from './readings/forget-readings';
import { readings } from './readings/readings';
import type { OpenedService, RunningService, ServiceRuntime, Surroundings } from './runtime';
import { runParts } from './run-parts';
import { safeError } from './safe-error';
import type { ServiceDefinition, ServiceHost } from './service-definition';
import { systemClock } from './system-clock';

const defaultPoolSize = 10;

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
  const logger = (runtime.logger ?? pino()).child({ service: name }, { serializers: { err: safeError } });
  const metrics = runtime.metrics ?? new Registry();
  const {
    pool,
    readerPool,
    urgentPool,
    leasePool,
    database,
    close: closeDatabase,
  } = await openDatabase({
    url: databaseUrl,
    name,
    migrations: [eventStoreMigrations, messagingMigrations, hostMigrations, definition.migrations],
    entities: definition.entities,
    poolSize: runtime.poolSize ?? defaultPoolSize,
    logger,
  });
  const keys = keyring(env.POSTRIDER_MASTER_KEY, env.POSTRIDER_MASTER_KEY_PREVIOUS);
  let keysCame: Surroundings['keysCame'];
  const parts = personalParts({
    service: name,
    store: postgresPartKeys(pool),
    keys,
    keysCame: async (ids) => keysCame?.(ids),
  });
  const opened = await postgresLog({
    service: name,
    parts,
    connectionString: databaseUrl,
    ...(runtime.shards === undefined ? {} : { shards: runtime.shards }),
    ...(runtime.acrossProcesses === undefined ? {} : { acrossProcesses: runtime.acrossProcesses }),
  }).catch(async (error: unknown) => {
    await closeDatabase();
    throw error;
  });
  const log = measuredLog(opened, metrics);
  const closeStorage = async (): Promise<void> => {
    await log.close();
    await closeDatabase();
  };

  const start: OpenedService['start'] = async (surroundings) => {
    keysCame = surroundings.keysCame;
    const claims = postgresClaims(pool, clock);
    const readers = lateProgress();
    const uses = keyUses(pool);
    const host: ServiceHost<Config> = {
      name,
      config,
      clock,
      pool,
      database,
      log,
      leases: postgresLeases(leasePool),
      keys,
      parts,
      openEvents: (source, events) => surroundings.bus.open(source as ServiceName, events),
      internal: surroundings.internal,
      commands: surroundings.commands ?? embeddedCommands(),
      readers: readers.progress,
      idempotent: idempotentRequests(claims),
      claims,
      readings: readings({ pool, clock, logger }),
      alarms: alarmsOf(name, { log, clock, logger }),
      apiKeyUses: () => uses.last(),
      logger,
      metrics,
    };
    const composed = await definition.compose(host);
    const erasing = erasures({ service: name, pool, clock, parts, forgetting: composed.forgetting ?? {} });
    const kept = keptKeys({
      service: name,
      pool,
      clock,
      readers: readers.progress,
      used: (id, at) => uses.note(id, at),
    });
    const apiKeys = runtime.apiKeys ?? eitherOf(installationKey(env.POSTRIDER_API_KEY), kept);
    const withKeys = {
      ...composed,
      readers: [...composed.readers, kept.fold, erasing.fold],
      background: [
        ...(composed.background ?? []),
        ...[uses.loop, erasing.loop],
        forgetReadings({ service: name, pool, clock, days: env.POSTRIDER_READING_DAYS }),
        ...[
          sealStored({ pool, log, parts, logger }),
          resealPartKeys({ service: name, pool, keys, alarms: host.alarms }),
        ],
      ],
    };
    return runParts(host, withKeys, {
      ...surroundings,
      apiKeys,
      readerPool,
      urgentPool,
      listen: runtime.listen ?? false,
      readersStarted: readers.set,
      closeStorage,
    });
  };
  return { name, log, pool, parts, databaseUrl, clock, logger, metrics, close: closeStorage, start };
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
