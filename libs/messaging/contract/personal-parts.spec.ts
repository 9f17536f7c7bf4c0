import type { RecordedEvent } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { onEveryBus, say, seen, seenFold, upTo, wordsOf, workspaceId } from './world';

const inTime = { withinMs: 30_000 };

onEveryBus((world) => {
  it('hands personal parts to readers opened, and parks them sealed', async () => {
    const { log, pool, run } = world();
    const read: unknown[] = [];
    let broken = true;
    const process = await run([
      seenFold('test:seen', (event) => {
        if (broken && event.orderingKey === 'bad') throw new Error('cannot be');
        read.push(event.personal);
      }),
    ]);
    await say(log, 'good', [1]);
    await say(log, 'bad', [1]);
    await eventually(async () => expect((await process.parked())[0]?.key).toBe('bad'), inTime);
    await eventually(async () => expect(await seen(pool, 'good')).toEqual([1]), inTime);
    expect(read).toContainEqual({ words: wordsOf('good') });
    const { rows } = await pool.query<{ event: string; personal: Buffer }>('select event, personal from bus.parked');
    expect(rows.map(({ event, personal }) => `${event}${personal.toString('latin1')}`).join()).not.toContain(
      'the words',
    );
    broken = false;
    expect(await process.replay('test:seen', 'bad')).toEqual({ replayed: 1 });
    expect(read).toContainEqual({ words: wordsOf('bad') });
  });

  it('hands over what can no longer be read without it, in a rebuild too, and parks nothing for it', async () => {
    const { log, parts, pool, run } = world();
    const events: RecordedEvent[] = [];
    const process = await run([seenFold('test:seen', (event) => void events.push(event))]);
    await say(log, 'erased', upTo(5));
    await say(log, 'kept', upTo(5));
    await eventually(async () => expect(await seen(pool, 'kept')).toEqual(upTo(5)), inTime);
    await eventually(async () => expect(await seen(pool, 'erased')).toEqual(upTo(5)), inTime);

    expect(await parts.destroy(workspaceId, ['erased'])).toBe(1);
    events.length = 0;
    await process.rebuild('test:seen');
    await eventually(async () => expect(await seen(pool, 'erased')).toEqual(upTo(5)), inTime);
    await eventually(async () => expect(await seen(pool, 'kept')).toEqual(upTo(5)), inTime);
    for (const { orderingKey, personal, erased } of events) {
      const expected = orderingKey === 'kept' ? { personal: { words: wordsOf('kept') } } : { erased: true };
      expect({ ...(personal === undefined ? {} : { personal }), ...(erased && { erased }) }).toEqual(expected);
    }
    expect(await process.parked()).toEqual([]);
  });
});
