import { memoryLog, type AppendListener, type EventLog, type Growth } from '@postrider/event-store';
import { v7 } from 'uuid';
import { logTail, type LogTail } from './log-tail';

const meta = { workspaceId: '01900000-0000-7000-8000-000000000001', actor: 'test', correlationId: 'c', aliasKeys: [] };
const append = (n: number) => ({
  ...{ streamId: v7(), expectedVersion: 'none' as const, orderingKey: 'somebody', meta },
  events: [{ type: 'MessageAccepted', at: new Date('2026-11-20T10:00:00.123Z'), data: { n } }],
});

/** A log that two processes append to, of which one follows it: what it is told of, and when, is the spec's to say. */
function sharedLog() {
  const log = memoryLog({ service: 'dispatch', shards: 1 });
  const reads: number[] = [];
  const grown: (Growth | undefined)[] = [];
  let tell: AppendListener = () => undefined;
  log.onAppended((_, growth) => void grown.push(growth));
  const followed: EventLog = {
    ...log,
    readSealed: (shard, after, limit) => {
      reads.push(after);
      return log.readSealed(shard, after, limit);
    },
    onAppended: (listener) => {
      tell = listener;
      return () => undefined;
    },
  };
  return {
    followed,
    reads,
    /** Appended, and nobody told. */
    async append(n: number): Promise<Growth | undefined> {
      await log.append([append(n)]);
      await Promise.resolve();
      return grown.at(-1);
    },
    tell: (growth?: Growth) => tell(0, growth),
  };
}

let shared: ReturnType<typeof sharedLog>;
let tail: LogTail;
beforeEach(() => {
  shared = sharedLog();
  tail = logTail(shared.followed, 60_000);
});
afterEach(() => tail.close());

const readFrom = async (after: number) =>
  (await tail.shard(0).read(after, 100)).map(({ data }) => (data as { n: number }).n);
const appendHere = async (n: number): Promise<void> => shared.tell(await shared.append(n));

it('does not read back what this process appended, once it has read to the end', async () => {
  expect(await readFrom(0)).toEqual([]);
  await appendHere(1);
  await appendHere(2);
  expect(await readFrom(0)).toEqual([1, 2]);
  expect(await readFrom(1)).toEqual([2]);
  expect(await readFrom(2)).toEqual([]);
  expect(shared.reads).toEqual([0]);
});

it('reads what was there before it followed', async () => {
  await appendHere(1);
  expect(await readFrom(0)).toEqual([1]);
  expect(shared.reads).toEqual([0]);
});

it('reads what another process appended in between, told of or not', async () => {
  await readFrom(0);
  await shared.append(1);
  await appendHere(2);
  expect(await readFrom(0)).toEqual([1, 2]);
  await appendHere(3);
  expect(await readFrom(2)).toEqual([3]);
  await shared.append(4);
  shared.tell();
  expect(await readFrom(3)).toEqual([4]);
  expect(shared.reads).toEqual([0, 0, 3]);
});

it('does not take its own for the end while a sign from another process waits to be read', async () => {
  await readFrom(0);
  const ours = await shared.append(1);
  await shared.append(2);
  // Their sign came before the answer to our own append did.
  shared.tell();
  shared.tell(ours);
  expect(await readFrom(0)).toEqual([1]);
  expect(await readFrom(1)).toEqual([2]);
});

it('finds in what it holds what a read has brought, though its own was told of later', async () => {
  await readFrom(0);
  const ours = await shared.append(1);
  await shared.append(2);
  shared.tell();
  const reading = readFrom(0);
  shared.tell(ours);
  expect(await reading).toEqual([1, 2]);
  expect(await readFrom(1)).toEqual([2]);
  expect(await readFrom(2)).toEqual([]);
});
