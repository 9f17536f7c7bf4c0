import { eventually } from '@postrider/test-backends';
import { setTimeout as pause } from 'node:timers/promises';
import { numberOf, onEveryBus, reaction, say, seen, seenFold, source, upTo } from './world';

const inTime = { withinMs: 40_000 };

onEveryBus((world) => {
  const far = upTo(12).map((block) => upTo(500, (block - 1) * 500 + 1));

  it('lets a slow reader hold nobody else up, and brings it everything in order', async () => {
    const { log, run } = world();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const slow: number[] = [];
    const quick: number[] = [];
    const process = await run([
      reaction('test:slow', async (events) => {
        await released;
        slow.push(...events.map(numberOf));
      }),
      reaction('test:quick', async (events) => void quick.push(...events.map(numberOf))),
    ]);
    for (const block of far) await say(log, 'a', block);
    const positions = [{ shard: log.shardOf('a'), position: 6_000 }];
    expect(await process.reached('test:quick', source, positions, 30_000)).toBe(true);
    expect(slow).toEqual([]);
    release();
    expect(await process.reached('test:slow', source, positions, 30_000)).toBe(true);
    await say(log, 'a', [6_001]);
    await eventually(() => expect(slow.at(-1)).toBe(6_001), inTime);
    expect(slow).toEqual(upTo(6_001));
    expect(quick).toEqual(upTo(6_001));
  });

  it('begins a new reader at the beginning, beside others at the head', async () => {
    const { log, run } = world();
    const old: number[] = [];
    const fresh: number[] = [];
    const before = reaction('test:old', async (events) => void old.push(...events.map(numberOf)));
    const first = await run([before]);
    for (const block of far) await say(log, 'a', block);
    const positions = [{ shard: log.shardOf('a'), position: 6_000 }];
    expect(await first.reached('test:old', source, positions, 30_000)).toBe(true);
    await first.close();
    const second = await run([
      before,
      reaction('test:fresh', async (events) => void fresh.push(...events.map(numberOf))),
    ]);
    await say(log, 'a', [6_001]);
    await eventually(() => expect(old.at(-1)).toBe(6_001), inTime);
    await eventually(() => expect(fresh.at(-1)).toBe(6_001), inTime);
    expect(fresh).toEqual(upTo(6_001));
    expect(old).toEqual(upTo(6_001));
    await second.close();
  });

  it.each([
    ['folds', {}],
    ['urgent folds', { urgent: true }],
  ] as const)('gives what %s have at the same moment one transaction, whatever the shard', async (_, kind) => {
    const { log, pool, run } = world();
    const portions: { readonly transaction: string; readonly fold: string; readonly shards: Set<number> }[] = [];
    const noting = (fold: string) => ({
      ...seenFold(fold),
      ...kind,
      async handle(...[events, tx]: Parameters<ReturnType<typeof seenFold>['handle']>) {
        const { rows } = await tx.query<{ id: string }>('select pg_current_xact_id()::text as id');
        portions.push({ transaction: rows[0]!.id, fold, shards: new Set(events.map(({ shard }) => shard)) });
        await seenFold(fold).handle(events, tx);
      },
    });
    const process = await run(['test:one', 'test:two', 'test:three'].map(noting));
    const keys = upTo(8).map((n) => `key ${n}`);
    const foldsIn = (transaction: string): number =>
      portions.filter((other) => other.transaction === transaction).length;
    // Who meets whom is chance, so there are rounds until all have met.
    let rounds = 0;
    await eventually(async () => {
      rounds++;
      await Promise.all(keys.map((key) => say(log, key, [rounds])));
      expect(Math.max(...portions.map(({ transaction }) => foldsIn(transaction)))).toBe(3);
      expect(portions.some(({ shards }) => shards.size > 1)).toBe(true);
    }, inTime);
    const heads = (await log.heads()).map((position, shard) => ({ shard, position }));
    for (const name of ['test:one', 'test:two', 'test:three'])
      expect(await process.reached(name, source, heads, 30_000)).toBe(true);
    for (const key of keys)
      expect((await seen(pool, key)).sort((a, b) => a - b)).toEqual(upTo(rounds).flatMap((n) => [n, n, n]));
  });

  it('gives a reaction at once what its shards have at the same moment, and tries each alone where that fails', async () => {
    const { log, run } = world();
    const heard = new Map<string, number[]>();
    const calls: number[] = [];
    let failures = 0;
    const together = reaction('test:together', async (events) => {
      const shards = new Set(events.map(({ shard }) => shard)).size;
      if (shards > 1 && failures++ < 2) throw new Error('one of these is too much');
      calls.push(shards);
      for (const event of events)
        heard.set(event.orderingKey, [...(heard.get(event.orderingKey) ?? []), numberOf(event)]);
    });
    const process = await run([together]);
    const keys = upTo(8).map((n) => `key ${n}`);
    let rounds = 0;
    await eventually(async () => {
      rounds++;
      await Promise.all(keys.map((key) => say(log, key, [rounds])));
      expect(failures).toBeGreaterThan(2);
      expect(Math.max(...calls)).toBeGreaterThan(1);
    }, inTime);
    const heads = (await log.heads()).map((position, shard) => ({ shard, position }));
    expect(await process.reached('test:together', source, heads, 30_000)).toBe(true);
    for (const key of keys) expect(heard.get(key)).toEqual(upTo(rounds));
  });

  it('lets a fold that fails, or that waits for a lock, hold no other fold up for long', async () => {
    const { log, pool, run } = world();
    const holder = await pool.connect();
    await holder.query('select pg_advisory_lock(99)');
    const waiting = {
      ...seenFold('test:waits'),
      async handle(...[events, tx]: Parameters<ReturnType<typeof seenFold>['handle']>) {
        await tx.query('select pg_advisory_xact_lock(99)');
        await seenFold('test:waits').handle(events, tx);
      },
    };
    const failing = seenFold('test:fails', () => {
      throw new Error('cannot be');
    });
    const quick: number[] = [];
    const other = seenFold('test:quick', (event) => void quick.push(numberOf(event)));
    const process = await run([waiting, failing, other]);
    const keys = ['a', 'b', 'c', 'd'];
    for (const n of upTo(4)) {
      for (const key of keys) await say(log, key, [n]);
      await eventually(() => expect(quick).toContain(n), inTime);
    }
    const heads = (await log.heads()).map((position, shard) => ({ shard, position }));
    expect(await process.reached('test:quick', source, heads, 30_000)).toBe(true);
    expect(await process.reached('test:fails', source, heads, 30_000)).toBe(true);
    expect((await process.parked()).map(({ reader }) => reader)).toEqual(keys.map(() => 'test:fails'));
    expect(await process.reached('test:waits', source, heads, 0)).toBe(false);
    await holder.query('select pg_advisory_unlock(99)');
    holder.release();
    expect(await process.reached('test:waits', source, heads, 30_000)).toBe(true);
    expect((await seen(pool, 'a')).sort((a, b) => a - b)).toEqual(upTo(4).flatMap((n) => [n, n]));
  });

  it('has a fold that is slow on one shard after the other, as its shards would wait for each other', async () => {
    const { log, run } = world();
    let [handled, atWork, most] = [0, 0, 0];
    const slow = {
      ...seenFold('test:slow'),
      async handle(...[events, tx]: Parameters<ReturnType<typeof seenFold>['handle']>) {
        atWork++;
        // Until it was seen to be slow, it has its turns with the others, and they go on without it.
        if (handled++ > 2) most = Math.max(most, atWork);
        await tx.query('select pg_sleep(1.1)');
        await seenFold('test:slow').handle(events, tx);
        atWork--;
      },
    };
    const process = await run([slow]);
    for (const n of upTo(10)) {
      for (const key of ['a', 'b', 'c', 'd']) await say(log, key, [n]);
      await pause(400);
    }
    const heads = (await log.heads()).map((position, shard) => ({ shard, position }));
    expect(await process.reached('test:slow', source, heads, 30_000)).toBe(true);
    expect(handled).toBeGreaterThan(4);
    expect(most).toBe(1);
  });

  it('has a fold that is behind on one shard after the other, however quick it is', async () => {
    const { log, pool, run } = world();
    const keys = [0, 1].map((shard) =>
      upTo(99)
        .map(String)
        .find((key) => log.shardOf(key) === shard)!,
    );
    for (const key of keys) await say(log, key, upTo(1_000));
    let [handled, atWork, most] = [0, 0, 0];
    const behind = {
      ...seenFold('test:behind'),
      async handle(...[events, tx]: Parameters<ReturnType<typeof seenFold>['handle']>) {
        const isFull = events.length >= 100;
        if (isFull) {
          handled++;
          most = Math.max(most, ++atWork);
        }
        await tx.query('select pg_sleep(0.05)');
        await seenFold('test:behind').handle(events, tx);
        if (isFull) atWork--;
      },
    };
    const process = await run([behind], { maxBatch: 100 });
    const heads = (await log.heads()).map((position, shard) => ({ shard, position }));
    expect(await process.reached('test:behind', source, heads, 30_000)).toBe(true);
    for (const key of keys) expect(await seen(pool, key)).toEqual(upTo(1_000));
    expect(handled).toBeGreaterThan(4);
    expect(most).toBe(1);
  });
});
