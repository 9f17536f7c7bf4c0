import { v7 } from 'uuid';
import type { EventLog } from '../src/index';
import { onEachLog } from './both-logs';
import { append, at, event, keyPerShard, meta, tail } from './given';

onEachLog('an append', (open) => {
  let log: EventLog;
  beforeAll(async () => ({ log } = await open()));

  it('gives events dense positions in their shard and versions in their stream', async () => {
    const before = (await log.heads())[log.shardOf('somebody')] ?? 0;
    const [first, second] = [append({ events: [event(), event()] }), append()];
    expect(await log.append([first, second])).toEqual([
      {
        status: 'ok',
        streamId: first.streamId,
        streamVersion: 2,
        shard: log.shardOf('somebody'),
        position: before + 2,
      },
      {
        status: 'ok',
        streamId: second.streamId,
        streamVersion: 1,
        shard: log.shardOf('somebody'),
        position: before + 3,
      },
    ]);
    const positions = (await tail(log, log.shardOf('somebody'))).map(({ position }) => position);
    expect(positions).toEqual(positions.map((_, n) => n + 1));
  });

  it('keeps everything that an event carries', async () => {
    const streamId = v7();
    const id = v7();
    const everything = {
      ...meta,
      causationId: v7(),
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    };
    await log.append([
      append({
        streamId,
        meta: everything,
        events: [{ ...event({ a: [1, null] }, id), typeVersion: 2, personal: { to: 'Zoë' } }],
      }),
    ]);
    expect(await log.readStream(streamId)).toEqual([
      {
        ...everything,
        ...{ id, service: 'dispatch', type: 'MessageAccepted', typeVersion: 2, streamId, streamVersion: 1 },
        ...{ shard: log.shardOf('somebody'), position: expect.any(Number), orderingKey: 'somebody' },
        ...{ at, data: { a: [1, null] }, personal: { to: 'Zoë' } },
      },
    ]);
  });

  it.each([
    ['NUL', 'a\0b'],
    ['a lone surrogate', 'a\ud83d b \udc4d'],
    ['two lone surrogates in the wrong order', '\udc4d\ud83d'],
    ['the character that escapes them', '\u001a0 \u001a\u001a \u001ad83d'],
    ['text that looks like an escape', '\\u0000 \\\\u001a0 \\'],
    ['an emoji and a control character', '👍\u0001'],
  ])('gives back %s as it was', async (_, text) => {
    const streamId = v7();
    const data = { text, [text]: [text] };
    await log.append([append({ streamId, orderingKey: text, events: [{ ...event(data), personal: data }] })]);
    const [stored] = await log.readStream(streamId);
    expect(stored).toMatchObject({ data, personal: data, orderingKey: text });
  });

  it('refuses a stream that must not exist but does, and one that stands at another version', async () => {
    const streamId = v7();
    await log.append([append({ streamId, expectedVersion: 'none' })]);
    const verdicts = await log.append([
      append({ streamId, expectedVersion: 'none' }),
      append({ streamId, expectedVersion: 2 }),
      append({ streamId: v7(), expectedVersion: 1 }),
      append({ streamId, expectedVersion: 1 }),
    ]);
    expect(verdicts.map(({ status, streamVersion, position }) => [status, streamVersion, position > 0])).toEqual([
      ['conflict', 1, false],
      ['conflict', 1, false],
      ['conflict', 0, false],
      ['ok', 2, true],
    ]);
  });

  it('answers in the order asked, across streams, shards and a stream named twice', async () => {
    const keys = keyPerShard(log);
    const twice = v7();
    const asked = Array.from({ length: 40 }, (_, n) =>
      n % 10 === 0 ? append({ streamId: twice }) : append({ orderingKey: keys[n % keys.length] ?? '' }),
    );
    const verdicts = await log.append(asked);
    expect(verdicts.map(({ streamId }) => streamId)).toEqual(asked.map(({ streamId }) => streamId));
    expect(verdicts.map(({ shard }) => shard)).toEqual(asked.map(({ orderingKey }) => log.shardOf(orderingKey)));
    expect(verdicts.filter(({ streamId }) => streamId === twice).map((verdict) => verdict.streamVersion)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('takes more events in one call than one statement holds', async () => {
    const { length } = await log.append(Array.from({ length: 1_300 }, () => append()));
    expect(length).toBe(1_300);
    const streamId = v7();
    const [verdict] = await log.append([append({ streamId, events: Array.from({ length: 700 }, () => event()) })]);
    expect(verdict).toMatchObject({ status: 'ok', streamVersion: 700 });
  });

  it("fails a caller's bad value without failing those who share its statement", async () => {
    const good = Array.from({ length: 8 }, () => append());
    const bad = append({ events: [{ ...event(), data: 'not an object' }] });
    const worse = append({ streamId: 'not-a-uuid' });
    const calls = [...good.slice(0, 4), bad, worse, ...good.slice(4)].map((one) => log.append([one]));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([
      ...[true, true, true, true, false, false, true, true, true, true],
    ]);
    expect((await log.readStreams(good.map(({ streamId }) => streamId))).size).toBe(8);
    expect(await log.readStream(bad.streamId)).toEqual([]);
  });

  it('refuses what cannot be written down before anything is appended', async () => {
    const fine = append();
    await expect(log.append([fine, append({ events: [] })])).rejects.toThrow('no events');
    await expect(log.append([fine, append({ events: [{ ...event(), at: new Date(Number.NaN) }] })])).rejects.toThrow();
    expect(await log.readStream(fine.streamId)).toEqual([]);
  });

  it('refuses to continue a stream in another shard than the one it lives in', async () => {
    const [here = '', elsewhere = ''] = keyPerShard(log);
    const streamId = v7();
    await log.append([append({ streamId, orderingKey: here })]);
    await expect(log.append([append({ streamId, orderingKey: elsewhere })])).rejects.toThrow('lives in another shard');
  });
});

onEachLog('idempotency', (open) => {
  let log: EventLog;
  beforeAll(async () => ({ log } = await open()));

  it('passes over events that are there and takes the new ones beside them, where no version is expected', async () => {
    const streamId = v7();
    const ids = [v7(), v7(), v7()];
    await log.append([append({ streamId, events: [event({ n: 1 }, ids[1])] })]);
    const [verdict] = await log.append([append({ streamId, events: ids.map((id) => event({ n: 2 }, id)) })]);
    expect(verdict).toMatchObject({ status: 'ok', streamVersion: 3 });
    expect((await log.readStream(streamId)).map(({ id, data }) => [id, data])).toEqual([
      [ids[1], { n: 1 }],
      [ids[0], { n: 2 }],
      [ids[2], { n: 2 }],
    ]);
  });

  it('calls a versioned append a conflict when part of it is there', async () => {
    const streamId = v7();
    const known = v7();
    await log.append([append({ streamId, events: [event({}, known)] })]);
    const [verdict] = await log.append([append({ streamId, expectedVersion: 1, events: [event({}, known), event()] })]);
    expect(verdict).toMatchObject({ status: 'conflict', streamVersion: 1, position: 0 });
  });

  it.each(['any', 'none', 0, 1, 7] as const)(
    'answers with the known position when all is there, expecting %s',
    async (expectedVersion) => {
      const streamId = v7();
      const events = [event({}, v7()), event({}, v7())];
      const [first] = await log.append([append({ streamId, events })]);
      await log.append([append({ streamId })]);
      const [again] = await log.append([append({ streamId, events, expectedVersion })]);
      expect(again).toEqual({ ...first, status: 'duplicate', streamVersion: 3 });
    },
  );

  it('takes the same event twice in one append as one', async () => {
    const streamId = v7();
    const same = event({}, v7());
    const [verdict] = await log.append([append({ streamId, expectedVersion: 'none', events: [same, same] })]);
    expect(verdict).toMatchObject({ status: 'ok', streamVersion: 1 });
  });

  it('knows an event by its stream: the same id in another stream is another event', async () => {
    const id = v7();
    const verdicts = await log.append([append({ events: [event({}, id)] }), append({ events: [event({}, id)] })]);
    expect(verdicts.map(({ status }) => status)).toEqual(['ok', 'ok']);
  });
});
