import type { EventMeta, RecordedEvent } from '@postrider/event-contracts';
import type { AppendListener } from './signals';

/** An event to append. `id` is a UUIDv7 unless the source repeats itself: then it is made from the source (uuid v5). */
export interface NewEvent {
  readonly id?: string;
  readonly type: string;
  readonly typeVersion?: number;
  readonly at: Date;
  readonly data: unknown;
  readonly personal?: unknown;
}

export interface StreamAppend {
  readonly streamId: string;
  /**
   * `any`: events already in the stream are passed over, new ones beside them go in.
   * `none`: the stream must not exist. A number: the stream must stand at that version.
   */
  readonly expectedVersion: number | 'any' | 'none';
  /** Gives the shard, and is fixed for the stream's life. */
  readonly orderingKey: string;
  /**
   * Whose keys seal the personal parts: as a rule the people whom the source showed (`meta.aliasKeys`), else what orders
   * the stream. All of these keys are needed to read them again.
   */
  readonly sealedFor?: readonly string[];
  readonly events: readonly NewEvent[];
  readonly meta: EventMeta;
}

export interface Fence {
  readonly lease: string;
  readonly fence: number;
}

/**
 * `ok`: the new events are in. `duplicate`: all of them were there already.
 * `conflict`: the stream is not at the expected version, or part of a versioned append is already there.
 */
export interface AppendVerdict {
  readonly status: 'ok' | 'conflict' | 'duplicate';
  readonly streamId: string;
  /** The stream's version now. */
  readonly streamVersion: number;
  readonly shard: number;
  /** The shard position of the append's last event; for a duplicate, of the last of the known events; 0 on conflict. */
  readonly position: number;
}

/**
 * One service's facts: append-only, in shards whose positions are dense and in commit order, so that a tailing reader
 * can never miss an event, a hole is an alarm and lag is a subtraction.
 */
export interface EventLog {
  /** The owning service; stands in every event's type. */
  readonly service: string;
  readonly shards: number;
  shardOf(orderingKey: string): number;
  /**
   * Appends to many streams; all or nothing per stream, a verdict per stream, in order. Concurrent callers share one
   * statement. With a fence, a lease that is no longer held fails the whole call with `LeaseLost`.
   */
  append(streams: readonly StreamAppend[], fence?: Fence): Promise<AppendVerdict[]>;
  /** In version order; empty where there is no such stream. */
  readStream(streamId: string): Promise<RecordedEvent[]>;
  /** Many streams in one round trip; streams that do not exist are absent. */
  readStreams(streamIds: readonly string[]): Promise<Map<string, RecordedEvent[]>>;
  /** The events of a shard with a position above `after`, in order, at most `limit`. */
  readShard(shard: number, after: number, limit: number): Promise<RecordedEvent[]>;
  /** As `readShard`, with personal parts left sealed: for whoever passes events on. */
  readSealed(shard: number, after: number, limit: number): Promise<RecordedEvent[]>;
  /** Opens the personal parts of events that were read sealed. */
  open(events: readonly RecordedEvent[]): Promise<RecordedEvent[]>;
  /** The last position of each shard; the index is the shard. */
  heads(): Promise<number[]>;
  /**
   * Tells, soon and at least once, that a shard grew, whichever process appended; often also by what, as `readSealed`
   * gives it, where this process did. Returns the way to stop listening.
   */
  onAppended(listener: AppendListener): () => void;
  close(): Promise<void>;
}
