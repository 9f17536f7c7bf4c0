import { setTimeout as pause } from 'node:timers/promises';
import { testPostgres } from '@postrider/test-backends';
import { Pool } from 'pg';
import { withFreshPlans } from './fresh-plans';

const livesMs = 200;
let pool: Pool;
beforeAll(async () => {
  const connectionString = await (await testPostgres()).newDatabase('plans');
  pool = withFreshPlans(new Pool({ connectionString, max: 1 }), livesMs);
  // As in the minute before autovacuum has looked at it.
  await pool.query('create table person (id int, name text) with (autovacuum_enabled = off)');
  await pool.query('create index person_id on person (id)');
});
afterAll(() => pool?.end());

const find = { name: 'find-person', text: 'select name from person where id = any($1)' };
const planOfFind = async (): Promise<string> => {
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain execute "find-person" ('{1}')`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
};

it('plans a prepared statement anew once its tables have grown, though they were not analyzed', async () => {
  // Small enough that reading all of it is quicker than any index; so often that the plan is kept for good.
  await pool.query(`insert into person values (0, 'Ada')`);
  await pool.query('analyze person');
  for (let time = 0; time < 7; time++) await pool.query({ ...find, values: [[1]] });
  expect(await planOfFind()).toContain('Seq Scan');

  await pool.query(`insert into person select id, 'Ada ' || id from generate_series(1, 50000) id`);
  await pause(livesMs + 50);
  const { rows } = await pool.query<{ name: string }>({ ...find, values: [[1]] });
  expect(rows).toEqual([{ name: 'Ada 1' }]);
  expect(await planOfFind()).toContain('person_id');
});
