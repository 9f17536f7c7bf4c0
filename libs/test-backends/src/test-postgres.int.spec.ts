import { Client } from 'pg';
import { eventually } from './eventually';
import { ownPostgres, testPostgres } from './test-postgres';

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
};

describe('the Postgres of a test run', () => {
  it('gives each caller an empty database of its own on one server', async () => {
    const [first, second] = await Promise.all([testPostgres(), testPostgres()]);
    expect(first.url).toBe(second.url);
    const [one, other] = await Promise.all([first.newDatabase('one'), second.newDatabase('one')]);
    await ask(one, 'create table t (x int)');
    expect(await ask(other, `select count(*)::int answer from pg_tables where tablename = 't'`)).toBe(0);
  });

  it('keeps text in UTF-8 and sorts by bytes', async () => {
    const url = await (await testPostgres()).newDatabase();
    expect(await ask(url, `select current_setting('server_encoding') answer`)).toBe('UTF8');
    expect(await ask(url, `select ('a' < 'B') answer`)).toBe(false);
  });
});

describe('a Postgres of its own', () => {
  it('keeps its address and data over a stop and a crash', async () => {
    const own = await ownPostgres();
    const url = await own.newDatabase('kept');
    await ask(url, 'create table t as select 7 as answer');
    await own.stop();
    await expect(ask(url, 'select 1')).rejects.toThrow();
    await own.start();
    expect(await ask(url, 'select answer from t')).toBe(7);
    await own.crash();
    await own.start();
    expect(await eventually(() => ask(url, 'select answer from t'))).toBe(7);
    await own.stop();
  });
});
