import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { controlApi } from './control/control.route';
import { graphApi } from './graph/graph-api';
import { inspector } from './inspector/inspector.route';
import { mediaDownloads } from './media/media-download.route';
import { demoSeed } from './seed/demo-seed';
import { readSeed } from './seed/read-seed';
import type { Seed } from './seed/seed-shape';
import { loadSettings, type Settings } from './world/settings';
import { keepState } from './world/state-file';
import { runWorld } from './world/run-world';

export interface SimulatorOptions {
  /** 0 takes any free port. Default 3010. */
  port?: number;
  host?: string;
  /** Keeps the state in this file, over restarts. Without it the state is in memory. */
  statePath?: string;
  /** Starts from this JSON file, not from the demo's accounts. */
  seedPath?: string;
  seed?: Seed;
  settings?: Partial<Settings>;
  /** For measurements: no rate limits, less remembered. */
  load?: boolean;
  /** Real time in milliseconds, under the simulated clock. */
  clock?: () => number;
  /** Makes chance repeatable. */
  randomSeed?: number;
}

export interface RunningSimulator {
  /** The `graphUrl` to give to a client. */
  url: string;
  close(): Promise<void>;
}

/** Starts a Cloud API of your own. Rejects with one line when the port is taken or the seed is wrong. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { port = 3010, host = '127.0.0.1', statePath } = options;
  const seed = options.seed ?? (options.seedPath === undefined ? demoSeed : readSeed(options.seedPath));
  let changed = (): void => undefined;
  const world = runWorld({
    seed,
    settings: { ...(options.load && loadSettings), ...options.settings },
    clock: options.clock ?? Date.now,
    randomSeed: options.randomSeed ?? Date.now(),
    changed: () => changed(),
  });
  const file = statePath === undefined ? undefined : keepState(world, statePath);
  if (file) {
    changed = () => file.later();
    world.journal = file.journal;
  }

  const http = fastify({
    bodyLimit: 110 * 1024 * 1024,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
  });
  http.removeAllContentTypeParsers();
  await http.register(multipart);
  // Bytes, not objects: what was received is kept and shown as it came.
  http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  http.addHook('onResponse', (_request, _reply, done) => {
    changed();
    done();
  });
  controlApi(http, world);
  inspector(http, world);
  mediaDownloads(http, world);
  graphApi(http, world);
  try {
    await http.listen({ port, host });
  } catch (error) {
    await world.close();
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      ? new Error(`Port ${port} is in use: set SIMULATOR_PORT to a free one.`)
      : error;
  }
  const address = http.addresses()[0];
  world.baseUrl = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${address?.port ?? port}`;
  world.wake();
  return {
    url: world.baseUrl,
    async close() {
      file?.now();
      file?.stop();
      await http.close();
      await world.close();
    },
  };
}
