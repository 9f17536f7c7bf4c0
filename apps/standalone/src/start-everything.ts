import { join } from 'node:path';
import { configuration } from '@postrider/configuration';
import { startSimulator } from '@postrider/cloud-api-simulator';
import { dispatch } from '@postrider/dispatch';
import { journeys } from '@postrider/journeys';
import { embeddedBus, embeddedCommands } from '@postrider/messaging';
import { projections } from '@postrider/projections';
import {
  inProcessInternalCalls,
  openService,
  type OpenedService,
  type RunningService,
  type ServiceDefinition,
} from '@postrider/service-host';
import { templates } from '@postrider/templates';
import { webhooks } from '@postrider/webhooks';
import { pino, type Logger } from 'pino';
import { Registry } from 'prom-client';
import { api, type Api } from './api';
import { openDataFolder } from './data-folder';
import { embeddedDatabases, serverDatabases } from './databases';
import { ensureDemoAccount } from './demo-account';
import type { Environment } from './environment';
import { notReady, openFrontDoor, portTaken, routeTo } from './front-door';

/** Configuration first: the others ask it for secrets when they start. */
const services = [configuration, templates, dispatch, webhooks, journeys, projections] as readonly ServiceDefinition[];

export interface Everything {
  readonly url: string;
  readonly simulatorUrl: string | undefined;
  readonly dataPath: string;
  readonly apiKey: string;
  readonly api: Api;
  /** Stops in the reverse order of the start; what is at hand is finished. */
  close(): Promise<void>;
}

/** Every service in this process, on one Postgres with a database per service, the embedded bus and the simulator. */
export async function startEverything(env: Environment): Promise<Everything> {
  const stops: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
  };
  try {
    const logger = pino({ level: env.LOG_LEVEL }, pino.destination(2));
    const folder = openDataFolder(env.POSTRIDER_DATA, {
      apiKey: env.POSTRIDER_API_KEY,
      masterKey: env.POSTRIDER_MASTER_KEY,
    });
    const door = await openFrontDoor(env.PORT);
    stops.push(() => door.close(5_000));
    const databases = await (env.DATABASE_URL ? serverDatabases(env.DATABASE_URL) : embeddedDatabases(folder.path));
    stops.push(() => databases.close());
    const simulator = env.POSTRIDER_SIMULATOR ? await openSimulator(env.SIMULATOR_PORT, folder.path) : undefined;
    if (simulator) stops.push(() => simulator.close());

    const running = await startServices({
      databases,
      logger,
      variables: {
        POSTRIDER_API_KEY: folder.apiKey,
        POSTRIDER_MASTER_KEY: folder.masterKey.toString('base64'),
        POSTRIDER_MASTER_KEY_PREVIOUS: env.POSTRIDER_MASTER_KEY_PREVIOUS,
        POSTRIDER_PUBLIC_URL: env.POSTRIDER_PUBLIC_URL ?? door.url,
        POSTRIDER_GRAPH_HOSTS: env.POSTRIDER_GRAPH_HOSTS,
        POSTRIDER_SEND_TIMEOUT_MS: env.POSTRIDER_SEND_TIMEOUT_MS,
        POSTRIDER_SENDER_LEASE_MS: env.POSTRIDER_SENDER_LEASE_MS,
        POSTRIDER_UNKNOWN_PATIENCE_MS: env.POSTRIDER_UNKNOWN_PATIENCE_MS,
        POSTRIDER_DATA: folder.path,
      },
    });
    stops.push(() => Promise.all(running.map((service) => service.close())));
    door.answerWith(routeTo(running, logger));
    stops.push(() => Promise.resolve(door.answerWith(notReady)));

    const own = api(door.url, folder.apiKey);
    if (simulator && env.POSTRIDER_DEMO) await ensureDemoAccount(own, simulator.url);
    return {
      url: door.url,
      simulatorUrl: simulator?.url,
      dataPath: folder.path,
      apiKey: folder.apiKey,
      api: own,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Keeps its state beside ours, so that Meta's side of a conversation outlives a restart too. */
async function openSimulator(port: number, dataPath: string) {
  try {
    return await startSimulator({ port, statePath: join(dataPath, 'simulator.json') });
  } catch (cause) {
    throw portTaken('SIMULATOR_PORT', port, cause) ?? cause;
  }
}

function labelled(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  return registry;
}

async function startServices(on: {
  databases: { urlOf(service: string): Promise<string> };
  logger: Logger;
  variables: Readonly<Record<string, string | undefined>>;
}): Promise<RunningService[]> {
  const opened: OpenedService[] = await Promise.all(
    services.map(async (definition) =>
      openService(definition, {
        env: on.variables,
        databaseUrl: await on.databases.urlOf(definition.name),
        logger: on.logger,
        acrossProcesses: false,
        metrics: labelled(definition.name),
      }),
    ),
  );
  const bus = embeddedBus(new Map(opened.map((service) => [service.name, service.log])));
  const running: RunningService[] = [];
  const internal = inProcessInternalCalls(running);
  const commands = embeddedCommands();
  for (const service of opened) running.push(await service.start({ bus, internal, commands }));
  return running;
}
