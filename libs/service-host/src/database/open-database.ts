import { Client, Pool, type PoolConfig } from 'pg';
import type { Logger } from 'pino';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';
import { withFreshPlans } from './fresh-plans';

/** Also for whoever waits for one of the pool's connections: a slow machine is no database that is away. */
const connectTimeoutMs = 10_000;
/**
 * A process that stands still in the middle of a transaction holds up all others that want the same rows; this is how
 * long they bear it. Who waits for something else between two statements asks for more, as the outbox of part keys does.
 */
const idleInTransactionMs = 5_000;
const notWaitingForTheDisk: PoolConfig = { options: '-c synchronous_commit=off' };
const urgentPoolSize = 4;
/** Any number, the same in every process: the advisory lock under which schemas are changed. */
const migrationLock = 7_226_001;

export type MigrationClass = new () => MigrationInterface;

export interface Database {
  /** For whoever somebody waits for: requests, and sending. */
  readonly pool: Pool;
  /**
   * For what follows the log: there is always more of that, and it would leave nothing to the others. What is written
   * here is not waited for until it is on the disk: a crash of the server takes a reader back, tables and checkpoint
   * together, and it follows the log once more.
   */
  readonly readerPool: Pool;
  /** The same for readers that somebody waits for. */
  readonly urgentPool: Pool;
  /** For what must not wait behind work: whoever renews a lease too late loses it. */
  readonly leasePool: Pool;
  readonly database: DataSource;
  close(): Promise<void>;
}

/**
 * Opens a service's database: brings its schema up to date, one process at a time, then opens a pool for hot paths and
 * TypeORM for read tables. The sets of migrations run one after the other, whatever the timestamps in their names; they are
 * noted in one table, so the class names of all sets must differ.
 */
export async function openDatabase(options: {
  url: string;
  name: string;
  migrations: readonly (readonly MigrationClass[])[];
  entities: readonly EntitySchema[];
  poolSize: number;
  logger: Logger;
}): Promise<Database> {
  const { url, name, logger } = options;
  const database = new DataSource({
    type: 'postgres',
    url,
    applicationName: `postrider-${name}-tables`,
    entities: [...options.entities],
    migrations: options.migrations.flat(),
    migrationsTableName: 'migration',
    poolSize: 3,
    connectTimeoutMS: connectTimeoutMs,
    extra: { idle_in_transaction_session_timeout: idleInTransactionMs },
    poolErrorHandler: (error: unknown) => logger.warn({ err: error }, 'a database connection was lost'),
  });
  await underLock(url, async () => {
    await database.initialize();
    const all = database.migrations;
    for (const set of options.migrations) {
      const due = all.filter((migration) => set.some((Migration) => migration instanceof Migration));
      Object.assign(database, { migrations: due });
      await database.runMigrations({ transaction: 'each' });
    }
    Object.assign(database, { migrations: all });
  });
  const poolOf = (application: string, max: number, more: PoolConfig = {}): Pool => {
    const pool = new Pool({
      connectionString: url,
      application_name: application,
      max,
      connectionTimeoutMillis: connectTimeoutMs,
      // A burst after a rest should not begin with opening connections.
      idleTimeoutMillis: 60_000,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      ...more,
    });
    const lost = (error: Error): void => logger.warn({ err: error }, 'a database connection was lost');
    // The pool listens to those at rest only; an error that nobody hears, between two statements, would end the process.
    pool.on('error', () => undefined).on('connect', (client) => client.on('error', lost));
    return withFreshPlans(pool);
  };
  const pool = poolOf(`postrider-${name}`, options.poolSize);
  const readerPool = poolOf(`postrider-${name}-readers`, options.poolSize, notWaitingForTheDisk);
  const urgentPool = poolOf(`postrider-${name}-urgent-readers`, urgentPoolSize, notWaitingForTheDisk);
  const leasePool = poolOf(`postrider-${name}-leases`, 4);
  return {
    pool,
    readerPool,
    urgentPool,
    leasePool,
    database,
    async close() {
      await Promise.allSettled([
        database.destroy(),
        ...[pool, readerPool, urgentPool, leasePool].map((each) => each.end()),
      ]);
    },
  };
}

/** Throws where the database cannot be reached or does not take the credentials. */
export async function probeDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function underLock(url: string, work: () => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await work();
  } finally {
    await client.end();
  }
}
