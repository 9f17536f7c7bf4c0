import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@postrider/test-backends';
import { Client } from 'pg';

/**
 * Stops the commit of an event in the database itself, from outside: a trigger that waits for a lock which the test
 * holds. So a process can be killed at exactly that point, and has no part in it.
 */
export interface HeldCommits {
  /** Resolves once a commit waits. */
  reached(): Promise<void>;
  /** Ends the connections whose commits wait, so that they never happen. */
  cutOff(): Promise<void>;
  /** Lets go of what waits. */
  release(): Promise<void>;
}

const lock = 990_001;

/** Holds every commit of such an event in a service's log, after the first `letThrough` events of the type. */
export async function holdCommits(
  databaseUrl: string,
  { eventType, letThrough = 0 }: { eventType: string; letThrough?: number },
): Promise<HeldCommits> {
  const client = await connected(databaseUrl);
  await client.query(`select pg_advisory_lock(${lock})`);
  await client.query('create sequence if not exists log.held_count');
  await client.query('alter sequence log.held_count restart');
  await client.query(`
    create or replace function log.hold() returns trigger language plpgsql as $f$
    begin
      if nextval('log.held_count') > ${letThrough} then perform pg_advisory_xact_lock_shared(${lock}); end if;
      return new;
    end $f$`);
  await client.query(`
    create or replace trigger hold before insert on log.event for each row
      when (new.type like '%.${eventType}.v1' or new.type = '${eventType}') execute function log.hold()`);
  return {
    reached: () =>
      eventually(
        async () => {
          const { rows } = await client.query(
            `select 1 from pg_locks where locktype = 'advisory' and objid = ${lock} and not granted`,
          );
          if (rows.length === 0) throw new Error(`no commit of ${eventType} waits`);
        },
        { withinMs: 20_000, everyMs: 2 },
      ),
    async cutOff() {
      await client.query(
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = ${lock} and not granted`,
      );
    },
    release: () => client.end(),
  };
}

/** Takes the trigger away again; nothing waits for it once the holder has let go. */
export async function holdNoCommits(databaseUrl: string): Promise<void> {
  const client = await connected(databaseUrl);
  await client.query('drop trigger if exists hold on log.event');
  await client.end();
}

/** The address of a service's database in the server that a data folder holds. */
export function databaseIn(dataDir: string, service: string): string {
  const read = (file: string): string => readFileSync(join(dataDir, 'postgres', file), 'utf8').trim();
  return `postgres://postgres:${read('password')}@127.0.0.1:${read('port')}/${service}`;
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  // The server goes down with the process that owns it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
