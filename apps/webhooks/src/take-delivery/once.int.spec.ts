import { eventually, testPostgres } from '@postrider/test-backends';
import { Client } from 'pg';
import { bodyOf, messageNow, messageOf, post, serve, stored } from '../testing/served';

const once = (ids: readonly string[]) => new Map(ids.map((id) => [id, 1]));

it('the same messages delivered to two processes at once, batched differently, are one event each', async () => {
  const databaseUrl = await (await testPostgres()).newDatabase('twins');
  const first = await serve(databaseUrl);
  const second = await serve(databaseUrl);
  const ids = Array.from({ length: 60 }, (_, index) => `wamid.twin.${index}`);
  const messages = ids.map((id) => messageNow(id));
  const alone = messages.map((message) => bodyOf(message));
  const threes = messages.flatMap((_, at) => (at % 3 === 0 ? [bodyOf(...messages.slice(at, at + 3).reverse())] : []));
  const statuses = await Promise.all(
    [first, second].flatMap(({ url }) => [...alone, ...threes, ...alone].map((body) => post(url, body))),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await stored(databaseUrl)).toEqual(once(ids));
});

/** Lets nothing be committed in one shard of the log, by a trigger that waits for a lock. */
async function holdShard(databaseUrl: string, shard: number) {
  const lock = 880_001;
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`select pg_advisory_lock(${lock})`);
  await client.query(`
    create function log.hold() returns trigger language plpgsql as $f$
    begin
      perform pg_advisory_xact_lock_shared(${lock});
      return new;
    end $f$;
    create trigger hold after insert on log.event for each row when (new.shard = ${shard}) execute function log.hold()`);
  const waiting = `from pg_locks where locktype = 'advisory' and objid = ${lock} and not granted`;
  return {
    reached: () =>
      eventually(async () => expect((await client.query(`select 1 ${waiting}`)).rows).not.toEqual([]), {
        withinMs: 20_000,
      }),
    /** Those that wait never commit, and nobody waits any more. */
    async end() {
      await client.query(`select pg_terminate_backend(pid) ${waiting}`);
      await client.query(`select pg_advisory_unlock(${lock})`);
      await client.query('drop trigger hold on log.event');
      await client.end();
    },
  };
}

it.each(['the process is killed', 'the connection is cut'])(
  'where %s between what marks a fact as known and its commit, the fact is not taken for known: it lands when Meta repeats it',
  async (what) => {
    const databaseUrl = await (await testPostgres()).newDatabase('marks');
    let serving = await serve(databaseUrl);
    // Of many people, so that their facts lie in all shards.
    const ids = Array.from({ length: 40 }, (_, index) => `wamid.mark.${index}`);
    const body = bodyOf(
      ...ids.map((id, index) => messageNow(id, { from: `1555600${1_000 + index}`, from_user_id: undefined })),
    );
    const held = await holdShard(databaseUrl, 2);
    const answer = post(serving.url, body);
    await held.reached();
    if (what === 'the process is killed') {
      serving.child.kill('SIGKILL');
      expect(await answer).toBeUndefined();
    }
    await held.end();
    if (what === 'the process is killed') {
      // Those of the other shards are there, and those that were held are not, nor is any trace that they were.
      const landed = await stored(databaseUrl);
      expect(landed.size).toBeGreaterThan(0);
      expect(landed.size).toBeLessThan(ids.length);
      serving = await serve(databaseUrl);
    } else expect([200, 503]).toContain(await answer);
    expect(await post(serving.url, body)).toBe(200);
    expect(await stored(databaseUrl)).toEqual(once(ids));
    expect(await post(serving.url, messageOf('wamid.mark.0'))).toBe(200);
    serving.child.kill('SIGKILL');
  },
);
