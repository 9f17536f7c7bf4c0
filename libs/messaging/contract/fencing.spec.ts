import { eventually } from '@postrider/test-backends';
import { numberOf, onEveryBus, reaction, say, seen, seenFold, upTo } from './world';

const immediately = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const inTime = { withinMs: 40_000 };

onEveryBus((world) => {
  let stopLoad = (): unknown => undefined;
  afterEach(() => void stopLoad());

  it('has every effect once although the process dies between effect and commit', async () => {
    const { log, pool, run } = world();
    let deaths = 3;
    const dying = {
      ...seenFold(),
      async handle(...[events, tx]: Parameters<ReturnType<typeof seenFold>['handle']>) {
        await seenFold().handle(events, tx);
        // The backend dies with the transaction open, as it does under a killed process.
        if (deaths-- > 0) await tx.query('select pg_terminate_backend(pg_backend_pid())');
      },
    };
    await run([dying]);
    await say(log, 'a', upTo(20));
    await eventually(async () => expect(await seen(pool, 'a')).toEqual(upTo(20)), inTime);
    expect(deaths).toBeLessThan(0);
  });

  it('has every effect once although a crash of the server takes back what it had not written to the disk', async () => {
    const { log, pool, run } = world();
    const noted: string[] = [];
    const process = await run([seenFold()], { note: ({ what }) => void noted.push(what) });
    const { shard, position } = await say(log, 'a', upTo(10));
    expect(await process.reached(seenFold().name, 'webhooks', [{ shard, position }], 30_000)).toBe(true);
    // Tables and checkpoint lie in one database, so that they are taken back together; the process lives on.
    await pool.query('delete from seen where n > 4');
    await pool.query('update log.checkpoint set pos = 4 where reader = $1 and shard = $2', [seenFold().name, shard]);
    await say(log, 'a', [11]);
    await eventually(async () => expect(await seen(pool, 'a')).toEqual(upTo(11)), inTime);
    expect(noted).toContain('fenced');
  });

  it('does a reaction again after a crash before its checkpoint, never less than once', async () => {
    const { log, pool, run } = world();
    const reactions: number[] = [];
    let crash = true;
    const process = await run([
      reaction('test:reaction', async (events) => {
        reactions.push(...events.map(numberOf));
        if (!crash) return;
        crash = false;
        throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      }),
    ]);
    const { shard, position } = await say(log, 'a', upTo(5));
    expect(await process.reached('test:reaction', 'webhooks', [{ shard, position }], 30_000)).toBe(true);
    expect(new Set(reactions)).toEqual(new Set(upTo(5)));
    expect(reactions).toHaveLength(10);
    const { rows } = await pool.query("select pos from log.checkpoint where reader = 'test:reaction'");
    expect(rows.map((row: { pos: string }) => Number(row.pos))).toContain(position);
  });

  it('fences a zombie: two runners on one shard have every effect once', async () => {
    const { log, pool, run } = world();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let entered = (): void => undefined;
    const isIn = new Promise<void>((resolve) => (entered = resolve));
    const fenced: number[] = [];
    const note = (one: { what: string; events?: number }): void => void (one.what === 'fenced' && fenced.push(1));
    // The zombie has read its checkpoint and is about to work when another takes the shard and deals with it.
    const zombie = reaction('test:shared', async () => {
      entered();
      await released;
    });
    await run([zombie], { note });
    await say(log, 'a', upTo(10));
    await isIn;
    await pool.query(
      "insert into log.checkpoint (reader, source, shard, pos) values ('test:shared', 'webhooks', $1, 10)",
      [log.shardOf('a')],
    );
    release();
    await eventually(() => expect(fenced).toHaveLength(1), inTime);
    const { rows } = await pool.query("select pos from log.checkpoint where reader = 'test:shared'");
    expect(rows).toEqual([{ pos: '10' }]);
  });

  it('loses nothing and doubles nothing while runners come and go under load', async () => {
    const { log, pool, run } = world();
    const keys = upTo(6).map((n) => `key-${n}`);
    let done = false;
    stopLoad = () => (done = true);
    const load = Promise.all(
      keys.map(async (key) => {
        let n = 0;
        // A log in memory answers at once; the readers must have their turn.
        for (; !done; await immediately()) await say(log, key, [++n]);
        return n;
      }),
    );
    const first = await run([seenFold()]);
    await eventually(async () => (await seen(pool, 'key-1')).length > 20, inTime);
    const second = await run([seenFold()]);
    const before = (await seen(pool, 'key-1')).length;
    await eventually(async () => (await seen(pool, 'key-1')).length > before + 50, inTime);
    await first.close();
    const later = (await seen(pool, 'key-1')).length;
    await eventually(async () => (await seen(pool, 'key-1')).length > later + 20, inTime);
    done = true;
    const counts = await load;
    for (const [index, key] of keys.entries()) {
      await eventually(async () => expect(await seen(pool, key)).toEqual(upTo(counts[index] ?? 0)), inTime);
    }
    await second.close();
  });
});
