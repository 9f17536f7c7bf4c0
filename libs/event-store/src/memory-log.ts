import type { RecordedEvent } from '@postrider/event-contracts';
import type { AppendVerdict, EventLog } from './event-log';
import { LeaseLost } from './lease-lost';
import type { MemoryLeases } from './memory-leases';
import { appendedEvents, eventOf } from './appended-events';
import { byStream } from './recorded-row';
import { seal, type SealedAppend } from './sealed-append';
import type { PersonalParts } from './personal-parts/personal-parts';
import { sealerFor } from './personal-parts/sealer-for';
import { defaultShards, shardOf } from './shard-of';
import { signals } from './signals';

export interface MemoryLogOptions {
  readonly service: string;
  readonly shards?: number;
  /** Where fenced appends look their lease up; without it no lease is held. */
  readonly leases?: Pick<MemoryLeases, 'holds'>;
  readonly upcast?: (event: RecordedEvent) => RecordedEvent;
  /** Seals what names people; without it that lies open. */
  readonly parts?: PersonalParts;
}

/** The log's twin in memory, with the same promises inside one process; for tests. Nothing survives it. */
export function memoryLog({
  service,
  shards = defaultShards,
  leases,
  upcast = (event) => event,
  parts,
}: MemoryLogOptions): EventLog {
  const streams = new Map<string, RecordedEvent[]>();
  const tails: RecordedEvent[][] = Array.from({ length: shards }, () => []);
  const listeners = signals();
  const copy = (events: readonly RecordedEvent[]) => events.map((event) => structuredClone(event));
  const open = async (events: readonly RecordedEvent[]) => ((await parts?.open(events)) ?? events).map(upcast);

  function write(append: SealedAppend, shard: number): AppendVerdict {
    const stream = streams.get(append.streamId) ?? [];
    const home = stream[0]?.shard ?? shard;
    if (home !== shard) {
      throw new Error(
        `stream ${append.streamId} lives in another shard than its ordering key ${append.orderingKey} says`,
      );
    }
    const known = new Map(stream.map((event) => [event.id, event.position]));
    const fresh = append.events.filter(({ id }) => !known.has(id));
    const verdict = (status: AppendVerdict['status'], position: number): AppendVerdict => ({
      status,
      streamId: append.streamId,
      streamVersion: stream.length,
      shard,
      position,
    });
    if (fresh.length === 0) return verdict('duplicate', Math.max(...append.events.map(({ id }) => known.get(id) ?? 0)));
    if (append.expected !== null && (append.expected !== stream.length || fresh.length < append.events.length)) {
      return verdict('conflict', 0);
    }
    const tail = tails[shard] as RecordedEvent[];
    for (const event of fresh) {
      const next = eventOf(append, event, { shard, position: tail.length + 1, streamVersion: stream.length + 1 });
      stream.push(next);
      tail.push(next);
    }
    streams.set(append.streamId, stream);
    return verdict('ok', tail.length);
  }

  return {
    service,
    shards,
    shardOf: (orderingKey) => shardOf(orderingKey, shards),
    append: async (appends, fence) => {
      const sealer = await sealerFor(parts, appends);
      const sealed = appends.map((append) => seal(service, append, sealer));
      sealed.forEach(check);
      if (fence && !leases?.holds(fence)) throw new LeaseLost(fence);
      const verdicts = sealed.map((append) => write(append, shardOf(append.orderingKey, shards)));
      const grown = new Set(verdicts.filter(({ status }) => status === 'ok').map(({ shard }) => shard));
      for (const shard of grown) {
        const isHere = (_: unknown, at: number): boolean => verdicts[at]?.shard === shard;
        listeners.emit(shard, appendedEvents(sealed.filter(isHere), verdicts.filter(isHere)));
      }
      return verdicts;
    },
    readStream: (streamId) => open(copy(streams.get(streamId.toLowerCase()) ?? [])),
    async readStreams(ids) {
      const found = [...new Set(ids.map((id) => id.toLowerCase()))].flatMap((id) => copy(streams.get(id) ?? []));
      return byStream(await open(found));
    },
    readShard: (shard, after, limit) => open(copy((tails[shard] ?? []).slice(after, after + limit))),
    readSealed: async (shard, after, limit) => copy((tails[shard] ?? []).slice(after, after + limit)),
    open,
    heads: async () => tails.map((tail) => tail.length),
    onAppended: (listener) => listeners.on(listener),
    close: async () => undefined,
  };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What the table's types and checks refuse. */
function check(append: SealedAppend): void {
  for (const id of [append.streamId, append.workspaceId, ...append.events.map((event) => event.id)]) {
    if (!uuid.test(id)) throw new Error(`${id} is not a uuid`);
  }
  for (const { data } of append.events) if (!data.startsWith('{')) throw new Error('the data of an event is an object');
}
