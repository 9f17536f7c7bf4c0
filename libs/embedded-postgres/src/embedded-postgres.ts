import { spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { binaries } from './binaries';
import { dataDirectory, type DataDirectory } from './data-directory';
import { endWithOwner } from './end-with-owner';
import { freePort } from './free-port';
import { initialise } from './initialise';
import { gone, isRunning, pidFile, runningOn, signal, stopServer } from './postmaster';
import { systemCode, unusable } from './unusable';

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** Chosen at the first start and kept, unless given here. */
  readonly port?: number;
  /** False only for data that nobody wants to keep: no fsync, so that a power cut may take it; a crash of the server alone does not. */
  readonly durable: boolean;
  readonly maxConnections?: number;
  /** The server ends when this process does; our own unless given. */
  readonly ownerPid?: number;
}

export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number;
  /** Of the process that ends the server should its owner be killed. */
  readonly watcherPid: number | undefined;
  /** The address of one of its databases. */
  urlOf(database: string): string;
  /** Makes the database unless it is there; answers its address. */
  createDatabase(name: string): Promise<string>;
  /** Cuts clients off, flushes, and ends the server. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  crash(): Promise<void>;
}

/**
 * Runs a Postgres of our own on `dataDir`: makes the cluster at the first start, takes over what a killed process left
 * behind, listens on loopback alone. Works as root too, where the server runs as another user. Throws a Fault of one
 * line where the folder cannot be used or somebody else's server is on it.
 */
export async function embeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const data = dataDirectory(options.dataDir);
  const programs = binaries(data.user);
  const own = files(data.folder);
  const ownerPid = options.ownerPid ?? process.pid;
  if (data.initialised) await takeOver(data, own.owner, ownerPid);
  else await initialise(programs.initdb, data, own.password, options.durable);

  const port = await portFor(own.port, options.port);
  const pid = await launch(programs.postgres, data, [
    ...['-D', data.cluster, '-p', String(port)],
    ...settings(options).flatMap((setting) => ['-c', setting]),
  ]);
  keep(own.owner, String(ownerPid), data);
  keep(own.port, String(port), data);
  const watcherPid = endWithOwner(ownerPid, pid);

  const password = readFileSync(own.password, 'utf8').trim();
  const urlOf = (database: string) =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const unwatch = () => (watcherPid === undefined ? false : signal(watcherPid, 'SIGKILL'));
  return {
    port,
    pid,
    watcherPid,
    urlOf,
    createDatabase: (name) => createDatabase(urlOf, name),
    stop: async () => {
      await stopServer(pid);
      unwatch();
    },
    crash: async () => {
      signal(pid, 'SIGQUIT');
      await gone(pid, 10_000);
      unwatch();
    },
  };
}

const files = (folder: string) => ({
  owner: join(folder, 'owner'),
  port: join(folder, 'port'),
  password: join(folder, 'password'),
});

function settings({ durable, maxConnections = 400 }: EmbeddedPostgresOptions): string[] {
  return [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `max_connections=${maxConnections}`,
    'shared_buffers=128MB',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(durable ? [] : ['fsync=off', 'full_page_writes=off', 'max_wal_size=512MB']),
  ];
}

/** Stops a server that a killed owner left on this data; refuses while the owner lives. */
async function takeOver({ folder, cluster }: DataDirectory, ownerFile: string, ownerPid: number): Promise<void> {
  const left = runningOn(cluster);
  if (left === undefined) {
    // Its process is gone or somebody else's: Postgres itself would stumble over an id that was given to another process.
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  const owner = existsSync(ownerFile) ? Number(readFileSync(ownerFile, 'utf8')) : undefined;
  if (owner !== undefined && owner !== ownerPid && isRunning(owner)) {
    throw unusable(`the data directory ${folder} is in use by process ${owner}`);
  }
  await stopServer(left);
}

async function portFor(keptIn: string, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if ((await freePort(wanted)) === undefined) throw unusable(`port ${wanted} for the embedded Postgres is taken`);
    return wanted;
  }
  const kept = existsSync(keptIn) ? Number(readFileSync(keptIn, 'utf8')) : 0;
  const port = (await freePort(kept)) ?? (await freePort());
  if (port === undefined) throw unusable('there is no free port for the embedded Postgres');
  return port;
}

async function launch(postgres: string, { folder, cluster, user }: DataDirectory, args: string[]): Promise<number> {
  const logFile = join(folder, 'server.log');
  const log = openSync(logFile, 'w');
  // In a session of its own: Ctrl-C is for us, and the services still need the database to stop cleanly.
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const server = spawn(postgres, args, { ...user, cwd: folder, detached: true, stdio: ['ignore', log, log], env });
  let ended: string | undefined;
  server.on('error', (error) => (ended = error.message));
  server.on('exit', (code, by) => (ended ??= `exit ${code ?? by}`));
  server.unref();
  closeSync(log);
  for (const end = performance.now() + 60_000; performance.now() < end && ended === undefined; await delay(5)) {
    const file = pidFile(cluster);
    if (server.pid !== undefined && file?.pid === server.pid && file.state === 'ready') return server.pid;
  }
  if (server.pid !== undefined && ended === undefined) signal(server.pid, 'SIGQUIT');
  const lastLine =
    readFileSync(logFile, 'utf8')
      .trim()
      .split('\n')
      .findLast((line) => line.includes('FATAL')) ?? ended;
  throw unusable(`the embedded Postgres did not start: ${lastLine ?? 'not ready within a minute'}`);
}

function keep(path: string, text: string, { user }: DataDirectory): void {
  writeFileSync(path, text, { mode: 0o600 });
  if (user) chownSync(path, user.uid, user.gid);
}

async function createDatabase(urlOf: (database: string) => string, name: string): Promise<string> {
  const client = new Client({ connectionString: urlOf('postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`create database "${name.replaceAll('"', '""')}" template template0`);
  } catch (error) {
    // 42P04 duplicate_database; 23505 where two make it at the same instant.
    if (!['42P04', '23505'].includes(systemCode(error))) throw error;
  } finally {
    await client.end();
  }
  return urlOf(name);
}
