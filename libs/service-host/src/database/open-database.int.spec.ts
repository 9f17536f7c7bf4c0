import { setTimeout as pause } from 'node:timers/promises';
import { testPostgres } from '@postrider/test-backends';
import { pino } from 'pino';
import { openDatabase, type Database } from './open-database';

let database: Database;
beforeAll(async () => {
  const url = await (await testPostgres()).newDatabase('frozen');
  const logger = pino({ level: 'silent' });
  database = await openDatabase({ url, name: 'frozen', migrations: [], entities: [], poolSize: 2, logger });
  await database.pool.query('create table seat (id int primary key)');
  await database.pool.query('insert into seat values (1)');
});
afterAll(() => database?.close());

const take = 'select id from seat where id = 1 for update';

it('lets the next one in where somebody stands still in the middle of a transaction, who then has nothing written', async () => {
  const sleeper = await database.pool.connect();
  await sleeper.query('begin');
  await sleeper.query('update seat set id = 2 where id = 1');

  // Waits for the row; the transaction that holds it is not ended by its owner.
  const { rows } = await database.pool.query(take);
  expect(rows).toEqual([{ id: 1 }]);

  // The loss is heard of between two statements, when nobody asked: the process must bear that.
  await pause(50);
  await expect(sleeper.query('commit')).rejects.toThrow(/not queryable|terminated|idle-in-transaction/);
  sleeper.release(true);
  expect((await database.pool.query(take)).rows).toEqual([{ id: 1 }]);
});
