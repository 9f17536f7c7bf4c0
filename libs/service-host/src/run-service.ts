import { keyring } from '@postrider/keys';
import { kafkaBus, kafkaCommands, kafkaPartKeys, kafkaRelay } from '@postrider/messaging';
import { pino, type Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { probeDatabase } from './database/open-database';
import { readDistributedEnvironment } from './distributed-environment';
import { EnvironmentError, readEnvironment, type Environment } from './environment';
import { listenHttp } from './http/listen';
import { startingHandler } from './http/starting';
import { httpInternalCalls } from './internal/http-internal-calls';
import { openService } from './open-service';
import { probeBrokers } from './probe-brokers';
import { safeError } from './safe-error';
import type { ServiceDefinition } from './service-definition';
import { waitFor } from './wait-for';

/** Below the ten seconds after which container engines kill. */
const closeDeadlineMs = 8_000;

/**
 * `main.ts` of the distributed form: runs the service on Kafka and a database of its own until SIGTERM or SIGINT, then
 * ends the process: 0 after a clean stop, 1 with one line where the environment is wrong.
 */
export async function runService<Config>(definition: ServiceDefinition<Config>): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  try {
    await serve(definition, process.env, stop.signal);
    process.exit(0);
  } catch (error) {
    console.error(error instanceof EnvironmentError ? error.message : error);
    process.exit(1);
  }
}

/** Serves until the signal aborts. Waits for a database or broker that is not there, alive but not ready. */
export async function serve<Config>(
  definition: ServiceDefinition<Config>,
  environment: Environment,
  signal: AbortSignal,
  listening: (url: string) => void = () => undefined,
): Promise<void> {
  const env = readDistributedEnvironment(environment);
  readEnvironment(definition.config, environment);
  const logger = pino({ level: env.logLevel, base: { service: definition.name }, serializers: { err: safeError } });
  let missing: readonly string[] = ['database', 'broker'];
  const front = await listenHttp(
    { host: '0.0.0.0', port: env.port },
    startingHandler(definition.name, () => missing),
  );
  listening(front.url);
  try {
    await waitFor('database', () => probeDatabase(env.databaseUrl), { logger, signal });
    missing = ['broker'];
    await waitFor('broker', () => probeBrokers(env.brokers), { logger, signal });
    missing = ['itself'];
    const running = await start(definition, environment, env, logger);
    front.answerWith(running.service.answer);
    logger.info({ url: front.url }, 'serving');
    await aborted(signal);
    logger.info('stopping');
    await Promise.all([front.close(closeDeadlineMs), running.close()]);
    logger.info('stopped');
  } catch (error) {
    await front.close(0);
    if (!signal.aborted) throw error;
  }
}

async function start<Config>(
  definition: ServiceDefinition<Config>,
  environment: Environment,
  env: ReturnType<typeof readDistributedEnvironment>,
  logger: Logger,
) {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const opened = await openService(definition, { env: environment, logger, metrics });
  const kafka = { brokers: env.brokers, clientId: `postrider-${opened.name}`, logger, shards: opened.log.shards };
  const copies = kafkaPartKeys({ ...kafka, service: opened.name, pool: opened.pool });
  const bus = kafkaBus({ ...kafka, open: (events) => opened.parts.open(events) });
  const commands = kafkaCommands(kafka);
  const internal = httpInternalCalls(env.urls, keyring(env.masterKey));
  const closeTransport = () => Promise.allSettled([bus.close(), commands.close(), internal.close()]);
  try {
    const service = await opened.start({
      bus,
      commands,
      internal,
      keysCame: (ids) => copies.came(ids),
      background: ({ log, pool, leases, alarms }) => [kafkaRelay({ ...kafka, log, pool, leases, alarms }), copies],
      missing: () =>
        probeBrokers(env.brokers).then(
          () => [],
          () => ['broker'],
        ),
    });
    return {
      service,
      async close() {
        await service.close(closeDeadlineMs);
        await closeTransport();
      },
    };
  } catch (error) {
    await closeTransport();
    await opened.close();
    throw error;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
