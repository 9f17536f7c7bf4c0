import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { basename, join } from 'node:path';
import { embeddedPostgres, type EmbeddedPostgres } from '@postrider/embedded-postgres';
import { Client } from 'pg';
import { containerEngine } from './container-engine';
import { containerPostgres } from './container-postgres';
import { endWithRun, onceInRun, runFolder, runOwner } from './run-folder';

export interface TestPostgres {
  /** Of the server's `postgres` database. */
  readonly url: string;
  /** Makes an empty database and answers its address. The name begins as asked and ends so that it is unique. */
  newDatabase(name?: string): Promise<string>;
}

/**
 * The server that all tests of a run share: `DATABASE_URL`, else a container, else the Postgres that npm brought. The
 * first test that asks starts it; it ends with the run.
 */
export async function testPostgres(): Promise<TestPostgres> {
  const url = await onceInRun('postgres', async () => {
    if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
    const container = (await containerEngine()) ? await containerPostgres() : undefined;
    return container ?? (await startEmbedded()).urlOf('postgres');
  });
  return { url, newDatabase: (name) => newDatabase(url, name) };
}

export interface OwnPostgres extends TestPostgres {
  /** Cuts clients off, flushes and ends. The address stays the same over a new start. */
  stop(): Promise<void>;
  /** Ends as a power cut would. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

/** A server for one spec alone, which may stop it; always the embedded one. Stop it when done. */
export async function ownPostgres(options: { durable?: boolean } = {}): Promise<OwnPostgres> {
  let server = await startEmbedded(options);
  const { port } = server;
  const dataDir = server.dataDir;
  const url = server.urlOf('postgres');
  return {
    url,
    newDatabase: (name) => newDatabase(url, name),
    stop: () => server.stop(),
    crash: () => server.crash(),
    start: async () => {
      server = await startEmbedded({ ...options, dataDir, port });
    },
  };
}

async function startEmbedded(
  options: { durable?: boolean; dataDir?: string; port?: number } = {},
): Promise<EmbeddedPostgres & { dataDir: string }> {
  const { durable = false, port } = options;
  const dataDir = options.dataDir ?? mkdtempSync(join(runFolder(), 'postgres-'));
  const server = await embeddedPostgres({
    ...{ dataDir, durable, maxConnections: 500, ownerPid: runOwner() },
    ...(port === undefined ? {} : { port }),
  });
  endWithRun(basename(dataDir), server.pid, 'QUIT');
  if (server.watcherPid !== undefined) endWithRun(`${basename(dataDir)}-watcher`, server.watcherPid);
  return { ...server, dataDir };
}

async function newDatabase(server: string, name = 'test'): Promise<string> {
  const database = `${name.replaceAll(/[^a-z0-9_]/gi, '_').toLowerCase()}_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: server });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`create database "${database}" template template0`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}
