import { v7 } from 'uuid';
import type { EventLog } from '../src/index';
import type { RecordedEvent } from '@postrider/event-contracts';
import { closing, emptyLogDatabase, onEachLog, openPostgres } from './both-logs';
import { append, event, keyPerShard, tail } from './given';

/** Reads a shard as it grows, until told that nothing more comes; fails at the first position out of line. */
function tailing(log: EventLog, shard: number) {
  let over = false;
  const read = (async () => {
    const events: RecordedEvent[] = [];
    for (;;) {
      const last = over;
      const page = await log.readShard(shard, events.length, 50);
      for (const one of page) {
        if (one.position !== events.length + 1) throw new Error(`position ${one.position} after ${events.length}`);
        events.push(one);
      }
      if (last && page.length === 0) return events;
    }
  })();
  return () => {
    over = true;
    return read;
  };
}

function inStreamOrder(events: readonly RecordedEvent[]): boolean {
  const versions = new Map<string, number>();
  return events.every(({ streamId, streamVersion }) => {
    const next = (versions.get(streamId) ?? 0) + 1;
    versions.set(streamId, streamVersion);
    return streamVersion === next;
  });
}

onEachLog('many writers', (open) => {
  it('never make a tailing reader miss or misplace an event, and every verdict is true', async () => {
    const { log } = await open();
    const keys = keyPerShard(log);
    const readers = keys.map((_, shard) => tailing(log, shard));
    const streams = Array.from({ length: 12 }, (_, n) => ({
      streamId: v7(),
      orderingKey: keys[n % keys.length] ?? '',
    }));
    let stored = 0;
    let conflicts = 0;
    const writer = async (seed: number): Promise<void> => {
      for (let round = 0; round < 25; round++) {
        const chosen = streams.filter((_, n) => (n + seed + round) % 3 === 0);
        const versions = await log.readStreams(chosen.map(({ streamId }) => streamId));
        const asked = chosen.map((stream, n) =>
          append({
            ...stream,
            events: [event({ seed, round }), event()],
            expectedVersion: n % 2 === 0 ? 'any' : (versions.get(stream.streamId)?.length ?? 'none'),
          }),
        );
        for (const { status } of await log.append(asked)) {
          if (status === 'ok') stored += 2;
          if (status === 'conflict') conflicts++;
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, seed) => writer(seed)));
    const read = await Promise.all(readers.map((finish) => finish()));
    expect(read.map(({ length }) => length)).toEqual(await log.heads());
    expect(read.flat()).toHaveLength(stored);
    expect(conflicts).toBeGreaterThan(0);
    expect(read.every(inStreamOrder)).toBe(true);
  });
});

describe('writers in several processes, on Postgres', () => {
  const later = closing();

  it('leave no hole when some of them roll back', async () => {
    const url = await emptyLogDatabase();
    const [one, other] = await Promise.all([openPostgres(later, url), openPostgres(later, url)]);
    const finish = tailing(one.log, one.log.shardOf('somebody'));
    let stored = 0;
    const ids: string[] = [];
    const well = async (log: EventLog): Promise<void> => {
      for (let round = 0; round < 60; round++) {
        const repeated = round % 4 === 0 ? ids[round] : undefined;
        const streamId = v7();
        ids.push(streamId);
        const calls = [append({ streamId: repeated ?? streamId, expectedVersion: 'none' }), append()];
        for (const { status } of (await Promise.all(calls.map((call) => log.append([call])))).flat()) {
          if (status === 'ok') stored++;
        }
      }
    };
    const badly = async (log: EventLog): Promise<void> => {
      for (let round = 0; round < 20; round++) {
        await expect(log.append([append(), append({ events: [{ ...event(), data: 7 }] })])).rejects.toThrow();
      }
    };
    await Promise.all([well(one.log), well(one.log), well(other.log), badly(one.log), badly(other.log)]);
    const events = await finish();
    expect(events).toHaveLength(stored);
    expect(inStreamOrder(events)).toBe(true);
    expect(await tail(other.log, other.log.shardOf('somebody'))).toHaveLength(stored);
  });
});
