import { batcher, type WriteBatch } from './batcher';
import type { SealedAppend } from './sealed-append';

const append = (streamId: string, events = 1): SealedAppend => ({
  ...{ streamId, expected: null, workspaceId: '', orderingKey: '', meta: '', unseen: true },
  events: Array.from({ length: events }, (_, n) => ({ id: `${n}`, type: '', at: '', data: '', personal: null })),
});

/** Writes what it is given when told to, and remembers each statement as the names of its streams. */
function recorder(refuses: (streamId: string) => boolean = () => false) {
  const statements: string[] = [];
  const write: WriteBatch = async (appends, fence) => {
    statements.push(
      appends.map(({ streamId }) => streamId).join(' ') + (fence ? ` under ${fence.lease} ${fence.fence}` : ''),
    );
    await new Promise((resolve) => setImmediate(resolve));
    if (appends.some(({ streamId }) => refuses(streamId))) throw new Error('a bad value');
    return appends.map(({ streamId }) => ({ status: 'ok', streamId, streamVersion: 1, shard: 0, position: 1 }));
  };
  return { statements, write };
}

const limits = { batchMax: 4, waitingMax: 10 };

describe('the batcher', () => {
  it('writes what comes at once in one statement, and what comes meanwhile in the next', async () => {
    const { statements, write } = recorder();
    const { append: add, drained } = batcher(write, limits);
    const first = Promise.all([add([append('a')], undefined), add([append('b')], undefined)]);
    while (statements.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = Promise.all([add([append('c')], undefined), add([append('d')], undefined)]);
    await Promise.all([first, second]);
    await drained();
    expect(statements).toEqual(['a b', 'c d']);
  });

  it('serves first come first, in statements that do not pass the cap', async () => {
    const { statements, write } = recorder();
    const { append: add } = batcher(write, limits);
    await Promise.all([
      add([append('a', 3), append('b', 3)], undefined),
      add([append('c')], undefined),
      add([append('d', 9)], undefined),
      add([append('e')], undefined),
    ]);
    expect(statements).toEqual(['a', 'b c', 'd', 'e']);
  });

  it('puts a stream once into a statement and keeps its appends in order', async () => {
    const { statements, write } = recorder();
    const { append: add } = batcher(write, limits);
    await Promise.all(['a', 'a', 'b', 'a'].map((name) => add([append(name)], undefined)));
    expect(statements).toEqual(['a b', 'a', 'a']);
  });

  it('groups what demands the same lease, and lets nothing overtake within a stream', async () => {
    const { statements, write } = recorder();
    const { append: add } = batcher(write, limits);
    const [old, next] = [
      { lease: 'sender', fence: 1 },
      { lease: 'sender', fence: 2 },
    ];
    await Promise.all([
      add([append('a')], old),
      add([append('b')], undefined),
      add([append('b')], old),
      add([append('c')], old),
      add([append('d')], next),
    ]);
    expect(statements).toEqual(['a c under sender 1', 'b', 'b under sender 1', 'd under sender 2']);
  });

  it("tries callers one by one when a statement fails, so that one's bad value fails nobody else", async () => {
    const { statements, write } = recorder((streamId) => streamId === 'bad');
    const { append: add } = batcher(write, limits);
    const outcomes = await Promise.allSettled([
      add([append('a')], undefined),
      add([append('b'), append('bad')], undefined),
      add([append('c')], undefined),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(statements).toEqual(['a b bad c', 'a', 'b bad', 'c']);
  });

  it('says when no more fits, but never turns away a call for its own size', async () => {
    const { write } = recorder();
    const { append: add, hasRoomFor } = batcher(write, limits);
    expect(hasRoomFor(1_000)).toBe(true);
    const waiting = add([append('a', 8)], undefined);
    expect([hasRoomFor(2), hasRoomFor(3)]).toEqual([true, false]);
    await waiting;
    expect(hasRoomFor(3)).toBe(true);
  });
});
