import { eventually } from '@postrider/test-backends';
import { numberOf, onEveryBus, reaction, say, source, upTo } from './world';

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
});
