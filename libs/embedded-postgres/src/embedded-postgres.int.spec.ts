import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@postrider/test-backends';
import { Client } from 'pg';
import { embeddedPostgres } from './embedded-postgres';
import { isRunning } from './postmaster';
import { isRoot } from './server-user';

const folders: string[] = [];
function newFolder(mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-embedded-'));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}
const servers: { stop(): Promise<void> }[] = [];
async function start(options: Parameters<typeof embeddedPostgres>[0]) {
  const server = await embeddedPostgres(options);
  servers.push(server);
  return server;
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

describe('the embedded Postgres', () => {
  it('keeps its data and its port over a stop, and is quick to start again', async () => {
    const dataDir = join(newFolder(), 'made', 'on', 'the', 'way');
    const first = await start({ dataDir, durable: true });
    const url = await first.createDatabase('kept here');
    expect(await first.createDatabase('kept here')).toBe(url);
    await ask(url, 'create table t as select 7 as answer');
    await first.stop();
    expect(isRunning(first.pid)).toBe(false);
    const begun = performance.now();
    const again = await start({ dataDir, durable: true });
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(again.port).toBe(first.port);
    expect(await ask(url, 'select answer from t')).toBe(7);
  });

  it('is durable, in UTF-8 and ordered by bytes, wants a password and listens on loopback alone', async () => {
    const server = await start({ dataDir: newFolder(), durable: true });
    const url = await server.createDatabase('one');
    const setting = (name: string) => ask(url, `select current_setting('${name}') answer`);
    const names = [
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'server_encoding',
      'listen_addresses',
      'TimeZone',
    ];
    expect(await Promise.all(names.map(setting))).toEqual(['on', 'on', 'on', 'UTF8', '127.0.0.1', 'UTC']);
    expect(await ask(url, `select datcollate answer from pg_database where datname = 'one'`)).toBe('C');
    const wrong = new URL(url);
    wrong.password = 'guessed';
    await expect(ask(wrong.toString(), 'select 1')).rejects.toThrow('password');
  });

  it('takes another port when its own was taken meanwhile, and says so when it was asked for one', async () => {
    const dataDir = newFolder();
    const first = await start({ dataDir, durable: false });
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await once(squatter, 'listening');
    const asked = embeddedPostgres({ dataDir, durable: false, port: first.port });
    await expect(asked).rejects.toThrow(`port ${first.port} for the embedded Postgres is taken`);
    const again = await start({ dataDir, durable: false });
    expect(again.port).not.toBe(first.port);
    squatter.close();
  });

  it('takes over what a killed process left running', async () => {
    const dataDir = newFolder();
    const owner = fork(join(__dirname, 'owner-for-tests.cjs'), [], { execArgv: [] });
    const orphan = await start({ dataDir, durable: true, ownerPid: owner.pid ?? 0 });
    await ask(orphan.urlOf('postgres'), 'create table t as select 7 as answer');
    await expect(embeddedPostgres({ dataDir, durable: true })).rejects.toThrow(`in use by process ${owner.pid}`);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const taken = await start({ dataDir, durable: true });
    expect(isRunning(orphan.pid)).toBe(false);
    expect(await ask(taken.urlOf('postgres'), 'select answer from t')).toBe(7);
  });

  it('ends by itself soon after its owner was killed', async () => {
    const owner = fork(join(__dirname, 'owner-for-tests.cjs'), [], { execArgv: [] });
    const server = await start({ dataDir: newFolder(), durable: false, ownerPid: owner.pid ?? 0 });
    owner.kill('SIGKILL');
    await eventually(() => !isRunning(server.pid), { withinMs: 10_000 });
  });

  it('starts after a crash whose process id was given to another process', async () => {
    const dataDir = newFolder();
    const first = await start({ dataDir, durable: true });
    await first.crash();
    const pidFile = join(dataDir, 'cluster', 'postmaster.pid');
    writeFileSync(pidFile, `${process.pid}\n${join(dataDir, 'cluster')}\n1\n${first.port}\n\n127.0.0.1\n\nready\n`);
    const again = await start({ dataDir, durable: true });
    expect(await ask(again.urlOf('postgres'), 'select 7 answer')).toBe(7);
  });

  it('begins anew where a first start was interrupted', async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'unfinished'));
    writeFileSync(join(dataDir, 'unfinished', 'PG_VERSION'), '18');
    const server = await start({ dataDir, durable: false });
    expect(await ask(server.urlOf('postgres'), 'select 7 answer')).toBe(7);
  });

  it('says in one line that a folder cannot be its data directory', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    for (const dataDir of [file, join(file, 'below'), '/proc/postrider']) {
      const failure = await embeddedPostgres({ dataDir, durable: true }).catch((error: Error) => error);
      expect(failure).toMatchObject({ name: 'Fault', code: 'unavailable' });
      expect((failure as Error).message).toMatch(/^the data directory .* cannot be .*$/);
    }
  });

  it('works below a folder that only its owner may enter, for root too', async () => {
    const dataDir = join(newFolder(0o700), 'data');
    const server = await start({ dataDir, durable: false });
    expect(await ask(server.urlOf('postgres'), 'select 7 answer')).toBe(7);
    expect(lstatSync(dataDir).isSymbolicLink()).toBe(isRoot());
    folders.push(realpathSync(dataDir));
    await server.stop();
    const again = await start({ dataDir, durable: false });
    expect(await ask(again.urlOf('postgres'), 'select 7 answer')).toBe(7);
  });
});
