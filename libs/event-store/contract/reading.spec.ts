import { v7 } from 'uuid';
import { memoryLog, postgresLog, type EventLog } from '../src/index';
import { closing, emptyLogDatabase, onEachLog } from './both-logs';
import { append, event, keyPerShard } from './given';

onEachLog('reading', (open) => {
  let log: EventLog;
  beforeAll(async () => ({ log } = await open()));

  it('gives a stream in version order, and nothing for one that is not there', async () => {
    const streamId = v7();
    for (let n = 1; n <= 3; n++) await log.append([append({ streamId, events: [event({ n })] })]);
    expect((await log.readStream(streamId)).map(({ streamVersion, data }) => [streamVersion, data])).toEqual([
      [1, { n: 1 }],
      [2, { n: 2 }],
      [3, { n: 3 }],
    ]);
    expect(await log.readStream(v7())).toEqual([]);
  });

  it('gives many streams at once and leaves out those that are not there', async () => {
    const [one, two] = [append({ events: [event(), event()] }), append({ orderingKey: 'somebody else' })];
    await log.append([one, two]);
    const streams = await log.readStreams([one.streamId, v7(), two.streamId]);
    expect([...streams].map(([id, events]) => [id, events.length]).sort()).toEqual(
      [
        [one.streamId, 2],
        [two.streamId, 1],
      ].sort(),
    );
  });

  it('gives a shard after a position, as many as asked', async () => {
    const shard = log.shardOf('paged');
    const from = (await log.heads())[shard] ?? 0;
    await log.append([append({ orderingKey: 'paged', events: [1, 2, 3, 4, 5].map((n) => event({ n })) })]);
    const page = await log.readShard(shard, from + 1, 3);
    expect(page.map(({ position, data }) => [position - from, data])).toEqual([
      [2, { n: 2 }],
      [3, { n: 3 }],
      [4, { n: 4 }],
    ]);
    expect(await log.readShard(shard, from + 5, 3)).toEqual([]);
  });

  it('tells the head of each shard, so that lag is a subtraction', async () => {
    const before = await log.heads();
    await log.append(
      keyPerShard(log).flatMap((orderingKey, n) => Array.from({ length: n }, () => append({ orderingKey }))),
    );
    expect((await log.heads()).map((head, shard) => head - (before[shard] ?? 0))).toEqual([0, 1, 2, 3]);
  });

  it('spreads ordering keys over the shards, always alike', () => {
    expect(['a', 'b', 'somebody', '0f3e', 'ü'].map((key) => log.shardOf(key))).toEqual([3, 2, 3, 3, 2]);
    const counts = [0, 0, 0, 0];
    for (let n = 0; n < 4_000; n++) counts[log.shardOf(n.toString(16).padStart(64, '0'))]!++;
    expect(Math.min(...counts)).toBeGreaterThan(850);
  });
});

describe('an old event', () => {
  const later = closing();
  const upcast = <E extends { data: unknown }>(old: E): E => ({
    ...old,
    data: { ...(old.data as object), since: 'v2' },
  });

  it.each([
    ['in memory', async () => memoryLog({ service: 'dispatch', upcast })],
    [
      'on Postgres',
      async () => postgresLog({ service: 'dispatch', connectionString: await emptyLogDatabase(), upcast }),
    ],
  ])('is read in its newest form, %s', async (_, open) => {
    const log = await open();
    later(() => log.close());
    const one = append({ events: [event({ n: 1 })] });
    await log.append([one]);
    const newest = { n: 1, since: 'v2' };
    expect((await log.readStream(one.streamId))[0]?.data).toEqual(newest);
    expect((await log.readStreams([one.streamId])).get(one.streamId)?.[0]?.data).toEqual(newest);
    expect((await log.readShard(log.shardOf(one.orderingKey), 0, 1))[0]?.data).toEqual(newest);
  });
});
