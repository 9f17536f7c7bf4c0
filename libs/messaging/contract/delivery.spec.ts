import { eventually } from '@postrider/test-backends';
import { createHash } from 'node:crypto';
import type { Fold } from '../src';
import { numberOf, onEveryBus, reaction, say, seen, seenFold, source, upTo, workspaceId } from './world';

const inTime = { withinMs: 30_000 };

onEveryBus((world) => {
  it('keeps the order of every key under concurrent producers', async () => {
    const { log, pool, run } = world();
    await run([seenFold()]);
    const keys = upTo(8).map((n) => `key-${n}`);
    await Promise.all(
      keys.map(async (key) => {
        for (const n of upTo(40)) await say(log, key, [n]);
      }),
    );
    for (const key of keys) {
      await eventually(async () => expect(await seen(pool, key)).toEqual(upTo(40)), inTime);
    }
  });

  it('passes over events that nobody hears, and is level with them all the same', async () => {
    const { log, run } = world();
    const process = await run([seenFold()]);
    const [verdict] = await log.append([
      {
        streamId: '11111111-1111-4111-8111-111111111111',
        expectedVersion: 'any',
        orderingKey: 'a',
        events: upTo(10).map((n) => ({ type: 'SomethingNobodyKnows', at: new Date(), data: { n } })),
        meta: { workspaceId, actor: 'meta', correlationId: 'contract', aliasKeys: [] },
      },
    ]);
    const { shard = 0, position = 0 } = verdict ?? {};
    expect(await process.reached('test:seen', source, [{ shard, position }], 30_000)).toBe(true);
    await eventually(async () => expect((await process.lag()).map(({ lag }) => lag)).toEqual([0, 0]), inTime);
  });

  it('lets a reader rest between batches, so that what comes meanwhile is one', async () => {
    const { log, run } = world();
    const batches: { at: number; numbers: number[] }[] = [];
    const restMs = 400;
    const resting = reaction('test:resting', async (events) => {
      batches.push({ at: performance.now(), numbers: events.map(numberOf) });
    });
    await run([{ ...resting, restMs }]);
    for (const n of upTo(30)) await say(log, 'one key', [n]);
    await eventually(() => expect(batches.flatMap(({ numbers }) => numbers)).toEqual(upTo(30)), inTime);
    const gaps = batches.slice(1).map(({ at }, index) => at - batches[index]!.at);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(restMs - 10);
  });

  it('carries an event whole', async () => {
    const { log, run } = world();
    const got: unknown[] = [];
    await run([reaction('test:whole', async (events) => void got.push(...events))]);
    const at = new Date('2026-11-01T12:00:00.123Z');
    const meta = {
      workspaceId,
      actor: 'meta',
      correlationId: 'c',
      causationId: 'b',
      traceparent: '00-1-2-01',
      aliasKeys: ['k1', 'k2'],
    };
    const [verdict] = await log.append([
      {
        streamId: '11111111-1111-4111-8111-111111111112',
        expectedVersion: 'none',
        orderingKey: 'k1',
        events: [{ type: 'StatusReported', at, data: { n: 1, text: 'ünïcödé' }, personal: { phone: '+15550100001' } }],
        meta,
      },
    ]);
    const [written] = await log.readShard(verdict?.shard ?? 0, 0, 1);
    await eventually(() => expect(got).toEqual([written]), inTime);
  });

  it('carries a record of one megabyte', async () => {
    const { log, run } = world();
    const hashes: string[] = [];
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    await run([
      reaction('test:large', async (events) => {
        hashes.push(...events.map((event) => hash((event.data as { text: string }).text)));
      }),
    ]);
    const text = 'x1y2'.repeat(262_144);
    await say(log, 'large', [1], { text });
    await eventually(() => expect(hashes).toEqual([hash(text)]), inTime);
  });

  it('passes over duplicates, wherever the transport puts them', async () => {
    const { log, pool, run, tampering } = world();
    tampering.repeats = 7;
    await run([seenFold()]);
    for (const n of upTo(30)) await say(log, 'a', [n]);
    await eventually(async () => expect(await seen(pool, 'a')).toEqual(upTo(30)), inTime);
    await say(log, 'a', [31]);
    await eventually(async () => expect(await seen(pool, 'a')).toEqual(upTo(31)), inTime);
  });

  it('stops a shard before a hole, and says so', async () => {
    const { log, pool, run, tampering } = world();
    tampering.hidden.add(4);
    const { shard } = await say(log, 'a', upTo(3));
    await say(log, 'a', [4, 5, 6]);
    const process = await run([seenFold()]);
    await eventually(() => expect(process.alarms.map(({ kind }) => kind)).toEqual(['hole']), inTime);
    expect(await seen(pool, 'a')).toEqual([1, 2, 3]);
    const own = (await process.lag()).find((place) => place.shard === shard);
    expect(own).toMatchObject({ position: 3, head: 6, lag: 3 });
  });

  it('tells lag exactly', async () => {
    const { log, run } = world();
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const { shard } = await say(log, 'a', upTo(5));
    const process = await run([seenFold('test:seen', (event) => (numberOf(event) > 5 ? opened : undefined))]);
    const lagOf = async () => (await process.lag()).find((place) => place.shard === shard);
    await eventually(async () => expect(await lagOf()).toMatchObject({ position: 5, head: 5, lag: 0 }), inTime);
    await say(log, 'a', [6, 7, 8]);
    expect(await lagOf()).toMatchObject({ position: 5, head: 8, lag: 3 });
    open();
    await eventually(async () => expect(await lagOf()).toMatchObject({ position: 8, head: 8, lag: 0 }), inTime);
  });

  it('gives the same projection when it is replayed from the beginning', async () => {
    const { log, pool, run } = world();
    const process = await run([seenFold()]);
    for (const key of ['a', 'b', 'c']) await say(log, key, upTo(50));
    const all = async () => Promise.all(['a', 'b', 'c'].map((key) => seen(pool, key)));
    await eventually(async () => expect(await all()).toEqual([upTo(50), upTo(50), upTo(50)]), inTime);
    const steps: number[] = [];
    await process.rebuild('test:seen', ({ done }) => steps.push(done));
    expect(steps.at(-1)).toBe(150);
    expect(await all()).toEqual([upTo(50), upTo(50), upTo(50)]);
    await say(log, 'a', [51]);
    await eventually(async () => expect(await seen(pool, 'a')).toEqual(upTo(51)), inTime);
  });

  it('fills new tables beside the old ones, which serve until the swap', async () => {
    const { log, pool, run } = world();
    let slow = false;
    let versions = 1;
    let sawOldTable = 0;
    const fold = seenFold('test:seen', async () => {
      if (slow) sawOldTable = Math.max(sawOldTable, (await seen(pool, 'a')).length);
    });
    const handle: typeof fold.handle = (events, tx) =>
      fold.handle(
        events.map((event) => ({ ...event, data: { n: numberOf(event) * versions } })),
        tx,
      );
    let atSwap: unknown[] = [];
    const swapped: Fold = {
      ...{ ...fold, tables: ['seen'] },
      async handle(events, tx) {
        expect(tx.rebuilding ?? false).toBe(slow && versions === 10);
        await handle(events, tx);
      },
      async swap(tx, swapIn) {
        const first = async () => (await tx.query('select n from public.seen order by seq limit 1')).rows[0]?.n;
        const before = await first();
        await swapIn();
        atSwap = [before, await first()];
        slow = false;
      },
    };
    const process = await run([swapped]);
    await say(log, 'a', upTo(20));
    await eventually(async () => expect(await seen(pool, 'a')).toHaveLength(20), inTime);
    slow = true;
    versions = 10;
    await process.rebuild('test:seen');
    expect(sawOldTable).toBe(20);
    expect(atSwap).toEqual([1, 10]);
    expect(await seen(pool, 'a')).toEqual(upTo(20).map((n) => n * 10));
    const { rows } = await pool.query("select indexname from pg_indexes where tablename = 'seen'");
    expect(rows).toEqual([{ indexname: 'seen_pkey' }]);
    await say(log, 'a', [21]);
    await eventually(async () => expect((await seen(pool, 'a')).at(-1)).toBe(210), inTime);
  });
});
