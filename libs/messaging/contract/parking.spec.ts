import { Transient } from '../src';
import { eventually } from '@postrider/test-backends';
import { numberOf, onEveryBus, reaction, say, seen, seenFold, source, upTo } from './world';

const inTime = { withinMs: 30_000 };

onEveryBus((world) => {
  it('parks what keeps failing; its successors wait behind it, others flow, and a replay keeps the order', async () => {
    const { log, pool, run } = world();
    let broken = true;
    const fold = seenFold('test:seen', (event) => {
      if (broken && event.orderingKey === 'bad' && numberOf(event) === 2) throw new Error('cannot be');
    });
    const process = await run([fold]);
    await say(log, 'bad', [1, 2, 3]);
    await say(log, 'good', upTo(5));
    await eventually(async () => expect(await seen(pool, 'good')).toEqual(upTo(5)), inTime);
    await eventually(async () => expect((await process.parked())[0]).toMatchObject({ key: 'bad', records: 2 }), inTime);
    await say(log, 'bad', [4]);
    await eventually(async () => expect((await process.parked())[0]?.records).toBe(3), inTime);
    expect(await seen(pool, 'bad')).toEqual([1]);
    expect((await process.parked())[0]?.error).toContain('cannot be');
    expect(process.alarms.map(({ kind }) => kind)).toEqual(['parked']);

    expect(await process.replay('test:seen', 'bad')).toMatchObject({ replayed: 0, error: 'cannot be' });
    expect((await process.parked())[0]?.records).toBe(3);

    broken = false;
    expect(await process.replay('test:seen', 'bad')).toEqual({ replayed: 3 });
    await say(log, 'bad', [5]);
    await eventually(async () => expect(await seen(pool, 'bad')).toEqual(upTo(5)), inTime);
    expect(await process.parked()).toEqual([]);
  });

  it('parks for reactions as for folds', async () => {
    const { log, run } = world();
    const done: number[] = [];
    let broken = true;
    const process = await run([
      reaction('test:reaction', async (events) => {
        for (const event of events) {
          if (broken && numberOf(event) === 2) throw new Error('cannot be');
          if (!done.includes(numberOf(event))) done.push(numberOf(event));
        }
      }),
    ]);
    await say(log, 'bad', [1, 2, 3]);
    await say(log, 'good', [11, 12]);
    await eventually(async () => expect((await process.parked())[0]?.records).toBe(2), inTime);
    await eventually(() => expect(new Set(done)).toEqual(new Set([1, 11, 12])), inTime);
    broken = false;
    expect(await process.replay('test:reaction', 'bad')).toEqual({ replayed: 2 });
    expect(done.filter((n) => n < 10)).toEqual([1, 2, 3]);
  });

  it('waits in place for what passes, and parks nothing', async () => {
    const { log, pool, run } = world();
    let failures = 4;
    const fold = seenFold('test:seen', () => {
      if (failures-- > 0) throw new Transient('the database is away');
    });
    const process = await run([fold]);
    await say(log, 'a', upTo(10));
    await eventually(async () => expect(await seen(pool, 'a')).toEqual(upTo(10)), inTime);
    expect(await process.parked()).toEqual([]);
    expect(failures).toBeLessThan(0);
  });

  it('closes within its deadline, with what is at hand finished', async () => {
    const { log, pool, run } = world();
    let entered = (): void => undefined;
    const isIn = new Promise<void>((resolve) => (entered = resolve));
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const fold = seenFold('test:seen', async () => {
      entered();
      await released;
    });
    const process = await run([fold]);
    await say(log, 'a', [1]);
    await isIn;
    const closing = process.close(5_000);
    release();
    await closing;
    expect(await seen(pool, 'a')).toEqual([1]);
  });

  it('does not wait beyond its deadline for a handler that hangs', async () => {
    const { log, run } = world();
    let entered = (): void => undefined;
    const isIn = new Promise<void>((resolve) => (entered = resolve));
    const process = await run([
      reaction('test:hangs', () => {
        entered();
        return new Promise<void>(() => undefined);
      }),
    ]);
    await say(log, 'a', [1]);
    await isIn;
    const started = performance.now();
    await process.close(500);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('bounds memory when a handler is slow: no handler gets more than was asked for', async () => {
    const { log, run } = world();
    const sizes: number[] = [];
    await say(log, 'a', upTo(2_000));
    const process = await run([reaction('test:slow', async (events) => void sizes.push(events.length))], {
      maxBatch: 100,
    });
    const positions = [{ shard: log.shardOf('a'), position: 2_000 }];
    expect(await process.reached('test:slow', source, positions, 30_000)).toBe(true);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2_000);
  });
});
