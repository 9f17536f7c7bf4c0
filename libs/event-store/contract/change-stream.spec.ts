import { v5, v7 } from 'uuid';
import { refuse, type Decider } from '@postrider/decider';
import { changeStream, type EventLog } from '../src/index';
import { onEachLog } from './both-logs';
import { append, at, meta } from './given';

interface Counted {
  readonly type: 'MessageAccepted';
  readonly data: { readonly by: number };
}
const counter: Decider<number, Counted> = { initial: 0, evolve: (sum, { data }) => sum + data.by };
const clock = { now: () => at, monotonicMs: () => 0 };
const counted = (by: number): Counted => ({ type: 'MessageAccepted', data: { by } });

onEachLog('changing a stream', (open) => {
  let log: EventLog;
  beforeAll(async () => ({ log } = await open()));
  const target = (streamId = v7()) => ({ streamId, orderingKey: 'somebody', meta });

  it('decides on what is there and appends what follows', async () => {
    const stream = target();
    await changeStream(log, clock, stream, counter, () => [counted(2), counted(3)]);
    const changed = await changeStream(log, clock, stream, counter, (sum) => [counted(sum * 10)]);
    expect(changed).toMatchObject({ events: [counted(50)], shard: log.shardOf('somebody'), streamVersion: 3 });
    expect((await log.readStream(stream.streamId)).map(({ at: when, data }) => [when, data])).toEqual([
      [at, { by: 2 }],
      [at, { by: 3 }],
      [at, { by: 50 }],
    ]);
  });

  it('hands a refusal back and appends nothing', async () => {
    const stream = target();
    const refusal = await changeStream(log, clock, stream, counter, () => refuse('too-late', 'it has gone'));
    expect(refusal).toEqual({ refused: 'too-late', because: 'it has gone' });
    expect(await changeStream(log, clock, stream, counter, () => [])).toMatchObject({ events: [], streamVersion: 0 });
    expect(await log.readStream(stream.streamId)).toEqual([]);
  });

  it('decides again when somebody else was quicker, so that no change is lost', async () => {
    const stream = target();
    await Promise.all(
      Array.from({ length: 6 }, () => changeStream(log, clock, stream, counter, (sum) => [counted(sum + 1)])),
    );
    const sums = (await log.readStream(stream.streamId)).map(({ data }) => (data as { by: number }).by);
    expect(sums).toEqual([1, 2, 4, 8, 16, 32]);
  });

  it('leaves a stream that exists in its own shard', async () => {
    const stream = target();
    await log.append([append({ streamId: stream.streamId, events: [{ ...counted(1), at }] })]);
    const changed = await changeStream(log, clock, { ...stream, orderingKey: 'a' }, counter, () => [counted(1)]);
    expect(changed).toMatchObject({ shard: log.shardOf('somebody'), streamVersion: 2 });
  });

  it('with ids made from their cause, happens once', async () => {
    const cause = v7();
    const stream = { ...target(), eventId: (_: unknown, n: number) => v5(`reaction ${n}`, cause) };
    const first = await changeStream(log, clock, stream, counter, () => [counted(1)]);
    const again = await changeStream(log, clock, stream, counter, () => [counted(1)]);
    expect(again).toEqual(first);
    expect(await log.readStream(stream.streamId)).toHaveLength(1);
  });
});
