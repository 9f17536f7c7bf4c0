import { join } from 'node:path';
import { embeddedPostgres } from '@postrider/embedded-postgres';
import { Client } from 'pg';
import { CannotStart } from './environment';

/** Where each service's own database is. */
export interface Databases {
  urlOf(service: string): Promise<string>;
  close(): Promise<void>;
}

/** The embedded server, with its data in the data folder. */
export async function embeddedDatabases(dataPath: string): Promise<Databases> {
  const server = await embeddedPostgres({ dataDir: join(dataPath, 'postgres'), durable: true });
  return { urlOf: (service) => server.createDatabase(service), close: () => server.stop() };
}

/** A server of the operator's; databases `postrider_<service>` are made there where they are missing. */
export async function serverDatabases(serverUrl: string): Promise<Databases> {
  const client = new Client({ connectionString: serverUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    const there = new Set(rows.map((row) => row.datname));
    return {
      async urlOf(service) {
        const name = `postrider_${service}`;
        if (!there.has(name)) await createDatabase(serverUrl, name);
        return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).toString();
      },
      close: () => Promise.resolve(),
    };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new CannotStart(
      `DATABASE_URL: the server cannot be used (${code ?? message}). Start it, or unset DATABASE_URL.`,
      {
        cause,
      },
    );
  } finally {
    await client.end();
  }
}

async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database "${name}"`);
  } finally {
    await client.end();
  }
}
