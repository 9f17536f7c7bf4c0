import { DataSource } from 'typeorm';
import { Pool } from 'pg';
import { keyring } from '@postrider/keys';
import { testPostgres } from '@postrider/test-backends';
import {
  eventStoreMigrations,
  memoryLeases,
  memoryLog,
  memoryPartKeys,
  personalParts,
  postgresLeases,
  postgresLog,
  postgresPartKeys,
  type EventLog,
  type Leases,
  type PartKeyStore,
  type PersonalParts,
  type PostgresLogOptions,
} from '../src/index';

export interface Opened {
  readonly log: EventLog;
  readonly leases: Leases;
  readonly parts: PersonalParts;
}

/** Seals as a service does. */
export function partsOver(store: PartKeyStore, masterKey = Buffer.alloc(32, 7)): PersonalParts {
  return personalParts({ service: 'dispatch', store, keys: keyring(masterKey) });
}

/** A database with an empty log in it. */
export async function emptyLogDatabase(server?: { newDatabase(name: string): Promise<string> }): Promise<string> {
  const url = await (server ?? (await testPostgres())).newDatabase('event_log');
  const source = await new DataSource({ type: 'postgres', url, migrations: eventStoreMigrations }).initialize();
  await source.runMigrations();
  await source.destroy();
  return url;
}

/** What a spec opened, closed again at its end. */
export function closing() {
  const toClose: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const close of toClose.reverse()) await close();
  });
  return (close: () => Promise<unknown>) => void toClose.push(close);
}

export async function openPostgres(
  later: (close: () => Promise<unknown>) => void,
  connectionString: string,
  options: Partial<PostgresLogOptions> = {},
): Promise<Opened & { pool: Pool }> {
  const pool = new Pool({ connectionString, max: 3 });
  pool.on('error', () => undefined);
  const parts = options.parts ?? partsOver(postgresPartKeys(pool));
  const log = await postgresLog({ service: 'dispatch', connectionString, parts, ...options });
  later(() => pool.end());
  later(() => log.close());
  return { log, leases: postgresLeases(pool), parts, pool };
}

/** Runs the suite against the log in memory and the one on Postgres; each `open` gives an empty log. */
export function onEachLog(name: string, suite: (open: () => Promise<Opened>) => void): void {
  describe(`${name}, in memory`, () => {
    suite(async () => {
      const leases = memoryLeases();
      const parts = partsOver(memoryPartKeys());
      return { log: memoryLog({ service: 'dispatch', leases, parts }), leases, parts };
    });
  });
  describe(`${name}, on Postgres`, () => {
    const later = closing();
    suite(async () => openPostgres(later, await emptyLogDatabase()));
  });
}
