import type { Growth, EventLog } from '../src/index';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { closing, emptyLogDatabase, onEachLog, openPostgres } from './both-logs';
import { append, event, keyPerShard, meta } from './given';

onEachLog('a listener', (open) => {
  let log: EventLog;
  beforeAll(async () => ({ log } = await open()));

  it('is told of the shard that grew, once it can be read', async () => {
    const keys = keyPerShard(log);
    const seen: Promise<[number, number]>[] = [];
    const stop = log.onAppended((shard) => seen.push(log.heads().then((heads) => [shard, heads[shard] ?? 0])));
    await log.append([append({ orderingKey: keys[2] ?? '' })]);
    await eventually(() => seen.length > 0);
    expect(await Promise.all(seen)).toContainEqual([2, 1]);
    stop();
  });

  it('hears nothing more once it stopped, nor of appends that added nothing', async () => {
    const [first, second]: [number[], number[]] = [[], []];
    const stop = log.onAppended((shard) => first.push(shard));
    log.onAppended((shard) => second.push(shard));
    stop();
    await log.append([append({ expectedVersion: 7 })]);
    expect(second).toEqual([]);
    await log.append([append()]);
    await eventually(() => second.length > 0);
    expect(first).toEqual([]);
  });

  it('is told by what a shard grew, as it is read back', async () => {
    const [key = ''] = keyPerShard(log);
    const [head = 0] = await log.heads();
    const grown: (Growth | undefined)[] = [];
    const stop = log.onAppended((shard, growth) => void (shard === 0 && grown.push(growth)));
    const personal = { to: '+34 600 000 000', name: 'Zoë \0' };
    await log.append([
      append({
        orderingKey: key,
        expectedVersion: 'none',
        events: [event({ b: [1.0, -0, 1e21], aa: null, a: { x: '\ud800' } })],
      }),
      append({ orderingKey: key, events: [{ ...event({ n: 1 }), personal }, event({ n: 2, none: undefined })] }),
      append({ orderingKey: key, expectedVersion: 9 }),
      append({
        ...{
          orderingKey: key,
          streamId: v7().toUpperCase(),
          meta: { ...meta, workspaceId: meta.workspaceId.toUpperCase() },
        },
        events: [event({ n: 3 }, v7())],
      }),
    ]);
    await eventually(() => grown.length > 0);
    stop();
    const read = await log.readSealed(0, head, 10);
    expect(read).toHaveLength(4);
    expect(grown.map((growth) => growth?.())).toEqual([read]);
    expect(await log.open(grown[0]!()!)).toEqual(await log.readShard(0, head, 10));
  });

  it('is told only that it grew where some of an append may have been there', async () => {
    const [key = ''] = keyPerShard(log);
    const streamId = v7();
    const known = event({}, v7());
    await log.append([append({ orderingKey: key, streamId, events: [known] })]);
    const grown: (Growth | undefined)[] = [];
    const stop = log.onAppended((_, growth) => void grown.push(growth));
    await log.append([append({ orderingKey: key, streamId, events: [known, event({}, v7())] })]);
    await eventually(() => grown.length > 0);
    stop();
    expect(grown).toEqual([undefined]);
  });
});

describe('a listener in another process, on Postgres', () => {
  const later = closing();

  it('is told soon, and again after its connection was cut', async () => {
    const url = await emptyLogDatabase();
    const [writer, reader] = await Promise.all([openPostgres(later, url), openPostgres(later, url)]);
    const [, key = ''] = keyPerShard(writer.log);
    const heard: number[] = [];
    const grown: unknown[] = [];
    reader.log.onAppended((shard, ...growth) => {
      heard.push(shard);
      grown.push(...growth);
    });
    await eventually(async () => {
      await writer.log.append([append({ orderingKey: key })]);
      return heard.includes(1);
    });

    await reader.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen %'`);
    await eventually(async () => {
      const { rows } = await reader.pool.query(`select 1 from pg_stat_activity
        where datname = current_database() and query like 'listen %'`);
      return rows.length > 0;
    });
    // What may have been missed while nobody listened counts as changed.
    await eventually(() => [0, 1, 2, 3].every((shard) => heard.includes(shard)));
    heard.length = 0;
    await writer.log.append([append({ orderingKey: key })]);
    await eventually(() => heard.includes(1));
    // What others appended has to be read.
    expect(new Set(grown)).toEqual(new Set([undefined]));
  });
});
