import { v7 } from 'uuid';
import type { EventLog, NewEvent, StreamAppend } from '../src/index';
import type { RecordedEvent } from '@postrider/event-contracts';

export const at = new Date('2026-11-20T10:00:00.123Z');

export const meta = {
  workspaceId: '01900000-0000-7000-8000-000000000001',
  actor: 'service:dispatch',
  correlationId: 'from-one-request',
  aliasKeys: ['a1', 'b2'],
};

export const event = (data: object = {}, id?: string): NewEvent => ({
  type: 'MessageAccepted',
  at,
  data,
  ...(id && { id }),
});

/** One append to a new stream unless told otherwise. */
export const append = (over: Partial<StreamAppend> = {}): StreamAppend => ({
  streamId: v7(),
  expectedVersion: 'any',
  orderingKey: 'somebody',
  events: [event()],
  meta,
  ...over,
});

/** The whole shard, read as a tailing reader does. */
export async function tail(log: EventLog, shard: number, limit = 100): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for (;;) {
    const page = await log.readShard(shard, all.length, limit);
    all.push(...page);
    if (page.length < limit) return all;
  }
}

/** Ordering keys of which each lies in another shard: the index is the shard. */
export function keyPerShard(log: EventLog): string[] {
  const keys: string[] = [];
  for (let n = 0; Object.keys(keys).length < log.shards; n++) keys[log.shardOf(`key-${n}`)] ??= `key-${n}`;
  return keys;
}
