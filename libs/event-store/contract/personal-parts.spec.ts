import { v7 } from 'uuid';
import { closing, emptyLogDatabase, onEachLog, openPostgres, partsOver } from './both-logs';
import { append, event, meta, tail } from './given';
import { postgresPartKeys } from '../src/index';

const words = 'my secret words';
const said = (aliasKeys: readonly string[], id?: string) =>
  append({
    orderingKey: aliasKeys[0] ?? 'somebody',
    events: [{ ...event({ n: 1 }, id), personal: { words } }],
    meta: { ...meta, aliasKeys },
  });

onEachLog('personal parts', (open) => {
  it('come back in every way of reading, and lie sealed', async () => {
    const { log } = await open();
    const given = said(['anna']);
    const [{ shard = 0 } = {}] = await log.append([given]);
    const [sealed] = await log.readSealed(shard, 0, 10);
    expect(sealed?.personal).toBeUndefined();
    expect(Buffer.from(sealed?.sealed ?? []).includes(words)).toBe(false);
    const [byShard] = await log.readShard(shard, 0, 10);
    const [byStream] = await log.readStream(given.streamId);
    const byStreams = (await log.readStreams([given.streamId])).get(given.streamId)?.[0];
    for (const one of [byShard, byStream, byStreams, (await log.open([sealed!]))[0]]) {
      expect(one).toMatchObject({ personal: { words }, data: { n: 1 } });
      expect(one).not.toHaveProperty('sealed');
    }
  });

  it('are sealed alike for callers who meet a person at the same moment', async () => {
    const { log } = await open();
    await Promise.all(Array.from({ length: 20 }, () => log.append([said(['anna'])])));
    const events = await tail(log, log.shardOf('anna'));
    expect(events.map(({ personal }) => personal)).toEqual(Array.from({ length: 20 }, () => ({ words })));
    const keys = new Set(
      (await log.readSealed(log.shardOf('anna'), 0, 50)).map(({ sealed }) =>
        Buffer.from(sealed!).toString('hex', 2, 18),
      ),
    );
    expect(keys.size).toBe(1);
  });

  it('cannot be read once the key was destroyed; everything else of the event stays', async () => {
    const { log, parts } = await open();
    const given = [said(['anna']), said(['ben'])];
    await log.append(given);
    const before = await log.readSealed(log.shardOf('anna'), 0, 10);
    await log.open(before);
    expect(await parts.destroy(meta.workspaceId, ['anna'])).toBe(1);
    const [annas] = await log.readStream(given[0]!.streamId);
    expect(annas).toMatchObject({ erased: true, data: { n: 1 } });
    expect(annas).not.toHaveProperty('personal');
    expect((await log.open(before)).find(({ streamId }) => streamId === given[0]!.streamId)).toMatchObject({
      erased: true,
    });
    expect((await log.readStream(given[1]!.streamId))[0]).toMatchObject({ personal: { words } });
  });

  it('of several people need the keys of all', async () => {
    const { log, parts } = await open();
    const both = said(['anna', 'annas-new-number']);
    await log.append([both, said(['annas-new-number'])]);
    await parts.destroy(meta.workspaceId, ['annas-new-number']);
    expect((await log.readStream(both.streamId))[0]).toMatchObject({ erased: true });
  });

  it('of an erased person who comes again are under a new key', async () => {
    const { log, parts } = await open();
    const [before, after] = [said(['anna']), said(['anna'])];
    await log.append([before]);
    await parts.destroy(meta.workspaceId, ['anna']);
    await log.append([after]);
    expect((await log.readStream(before.streamId))[0]).toMatchObject({ erased: true });
    expect((await log.readStream(after.streamId))[0]).toMatchObject({ personal: { words } });
  });

  it('of another workspace stay, though the name is the same', async () => {
    const { log, parts } = await open();
    const given = said(['anna']);
    await log.append([given]);
    expect(await parts.destroy(v7(), ['anna'])).toBe(0);
    expect((await log.readStream(given.streamId))[0]).toMatchObject({ personal: { words } });
  });

  it('let an append be repeated', async () => {
    const { log } = await open();
    const given = said(['anna'], v7());
    await log.append([given]);
    expect(await log.append([given])).toMatchObject([{ status: 'duplicate' }]);
  });
});

describe('personal parts on Postgres', () => {
  const later = closing();

  it('are read and sealed by several processes over one table of keys', async () => {
    const url = await emptyLogDatabase();
    const [one, other] = [await openPostgres(later, url), await openPostgres(later, url)];
    const streams = Array.from({ length: 40 }, (_, n) => said([`person-${n % 10}`]));
    await Promise.all(streams.map((stream, n) => (n % 2 ? one : other).log.append([stream])));
    for (const { streamId } of streams)
      expect((await one.log.readStream(streamId))[0]).toMatchObject({ personal: { words } });
    const { rows } = await one.pool.query('select 1 from log.part_key');
    expect(rows).toHaveLength(10);
  });

  it('are not remembered from the moment before their end is committed', async () => {
    const { log, parts, pool } = await openPostgres(later, await emptyLogDatabase());
    const given = said(['anna']);
    await log.append([given]);
    const transaction = await pool.connect();
    await transaction.query('begin');
    await parts.destroy(meta.workspaceId, ['anna'], transaction);
    expect((await log.readStream(given.streamId))[0]).toMatchObject({ personal: { words } });
    await transaction.query('commit');
    transaction.release();
    expect((await log.readStream(given.streamId))[0]).toMatchObject({ erased: true });
  });

  it('wait, and are not given up, while the master key is not the right one', async () => {
    const url = await emptyLogDatabase();
    const { log, pool } = await openPostgres(later, url);
    const given = said(['anna']);
    await log.append([given]);
    const parts = partsOver(postgresPartKeys(pool), Buffer.alloc(32, 9));
    const stranger = await openPostgres(later, url, { parts });
    await expect(stranger.log.readStream(given.streamId)).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
  });
});
