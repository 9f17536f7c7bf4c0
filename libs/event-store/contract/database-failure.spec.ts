import { Pool } from 'pg';
import { postgresLog } from '../src/index';
import { eventually, ownPostgres, type OwnPostgres } from '@postrider/test-backends';
import { closing, emptyLogDatabase, openPostgres } from './both-logs';
import { append, event } from './given';

describe('an append whose connection is cut', () => {
  const later = closing();

  it('lands exactly once all the same', async () => {
    const { log, pool } = await openPostgres(later, await emptyLogDatabase());
    const killer = new Pool({
      connectionString: (pool as unknown as { options: { connectionString: string } }).options.connectionString,
    });
    later(() => killer.end());
    let over = false;
    const killing = (async () => {
      let killed = 0;
      while (!over) {
        const { rowCount } = await killer.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and query like '%log.append%'`);
        killed += rowCount ?? 0;
        // Ever less often, so that on a slow machine somebody gets through in the end.
        await killer.query('select pg_sleep($1)', [Math.min(0.5, 0.02 * (1 + killed))]);
      }
      return killed;
    })();
    const asked = Array.from({ length: 400 }, (_, n) =>
      append({ orderingKey: `key ${n}`, events: [event(), event()] }),
    );
    const verdicts = [];
    for (let n = 0; n < asked.length; n += 10) {
      verdicts.push(...(await Promise.all(asked.slice(n, n + 10).map((one) => log.append([one])))).flat());
    }
    over = true;
    expect(await killing).toBeGreaterThan(0);
    expect(verdicts.map(({ status, streamVersion }) => [status, streamVersion])).toEqual(asked.map(() => ['ok', 2]));
    expect((await log.heads()).reduce((sum, head) => sum + head)).toBe(800);
  });
});

describe('while the database is down', () => {
  const later = closing();
  let server: OwnPostgres;
  beforeAll(async () => {
    server = await ownPostgres();
    later(() => server.stop());
  });

  it('appends and reads fail as unavailable, soon, and go on once it is back with all that was promised', async () => {
    const { log } = await openPostgres(later, await emptyLogDatabase(server), { patienceMs: 200 });
    const before = append();
    await log.append([before]);
    await server.crash();
    const begun = performance.now();
    const late = Array.from({ length: 50 }, () => append());
    const outcomes = await Promise.allSettled([
      ...late.map((one) => log.append([one])),
      log.heads(),
      log.readShard(0, 0, 1),
    ]);
    expect(performance.now() - begun).toBeLessThan(3_000);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'Fault', code: 'unavailable', retryable: true },
      });
    }
    await server.start();
    const after = append();
    await eventually(() => log.append([after]));
    expect(await log.readStream(before.streamId)).toHaveLength(1);
    expect(await log.readStream(after.streamId)).toHaveLength(1);
  });

  it('a log cannot be opened, and says why', async () => {
    const connectionString = 'postgres://nobody@127.0.0.1:1/nowhere';
    const opening = postgresLog({ service: 'dispatch', connectionString, patienceMs: 100 });
    await expect(opening).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('opening a log', () => {
  const later = closing();

  it('with another number of shards than it was made with is refused', async () => {
    const connectionString = await emptyLogDatabase();
    await openPostgres(later, connectionString, { shards: 2 });
    const opening = postgresLog({ service: 'dispatch', connectionString, shards: 4 });
    await expect(opening).rejects.toThrow('made with 2 shards and cannot be opened with 4');
    expect((await openPostgres(later, connectionString, { shards: 2 })).log.shards).toBe(2);
  });

  it('takes no more appends once it is closed, and finishes those it has', async () => {
    const { log } = await openPostgres(later, await emptyLogDatabase());
    const under = log.append([append()]);
    await log.close();
    expect(await under).toMatchObject([{ status: 'ok' }]);
    await expect(log.append([append()])).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('turns callers away when too much waits', async () => {
    const { log } = await openPostgres(later, await emptyLogDatabase(), { waitingMax: 3 });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => log.append([append()])));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(outcomes[4]).toMatchObject({ reason: { name: 'Fault', code: 'overloaded', retryable: true } });
    expect(await log.append([append()])).toMatchObject([{ status: 'ok' }]);
  });
});
