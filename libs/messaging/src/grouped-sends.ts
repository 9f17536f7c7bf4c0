import { RecordTooLarge, type OutgoingRecord } from './kafka-port';

/** Sends records into one partition, all or nothing. */
export type Send = (partition: number, records: readonly OutgoingRecord[]) => Promise<void>;

const groupMax = 500;
/** Below what a broker takes in one request by default, 1 MiB. */
const groupBytesMax = 512 * 1024;

interface Waiting {
  readonly record: OutgoingRecord;
  done(): void;
  fail(error: unknown): void;
}

/**
 * Lets callers who send at the same time share requests: while one is under way the next gathers, in the order asked for,
 * one at a time for each partition. A record that is too large fails alone; any other failure is everybody's in its group.
 */
export function groupedSends(send: Send): (partition: number, record: OutgoingRecord) => Promise<void> {
  const queues = new Map<number, Waiting[]>();
  const busy = new Set<number>();

  async function sendGroup(partition: number, group: readonly Waiting[]): Promise<void> {
    try {
      await send(
        partition,
        group.map(({ record }) => record),
      );
      for (const { done } of group) done();
    } catch (error) {
      if (error instanceof RecordTooLarge && group.length > 1) {
        for (const one of group) await sendGroup(partition, [one]);
        return;
      }
      for (const { fail } of group) fail(error);
    }
  }

  async function drain(partition: number, queue: Waiting[]): Promise<void> {
    busy.add(partition);
    while (queue.length > 0) await sendGroup(partition, takeGroup(queue));
    busy.delete(partition);
  }

  return (partition, record) =>
    new Promise((done, fail) => {
      const queue = queues.get(partition) ?? [];
      queues.set(partition, queue);
      queue.push({ record, done, fail });
      // After the callers of this moment have asked too.
      if (!busy.has(partition)) queueMicrotask(() => busy.has(partition) || void drain(partition, queue));
    });
}

/** As many as fit, and one at least. */
function takeGroup(queue: Waiting[]): Waiting[] {
  let bytes = 0;
  let count = 0;
  while (count < Math.min(queue.length, groupMax)) {
    bytes += sizeOf(queue[count]!.record);
    if (bytes > groupBytesMax && count > 0) break;
    count += 1;
  }
  return queue.splice(0, count);
}

const sizeOf = ({ key, value, headers }: OutgoingRecord): number =>
  Buffer.byteLength(value ?? '') + (key?.length ?? 0) + JSON.stringify(headers).length;
