import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';

/** Events of one shard of one service's log, in order. */
export interface BusBatch {
  readonly source: ServiceName;
  readonly shard: number;
  /** In position order. May repeat positions that were delivered before; the reader passes them over. */
  readonly events: readonly RecordedEvent[];
  /** False once the shard belongs to somebody else; whoever still works then must drop the work. */
  alive(): boolean;
  /** Tells the transport that work goes on; called at least every few seconds. */
  heartbeat(): Promise<void>;
}

export interface BusSubscription {
  /** Stops taking batches, lets the one at hand finish within the deadline, and lets go. */
  close(deadlineMs: number): Promise<void>;
}

/**
 * Carries every service's whole log to its readers, in order per shard, at least once. Two adapters: embedded tails the
 * owner's log, Kafka consumes what the owner's relay produced.
 */
export interface Bus {
  subscribe(options: {
    /** Readers of one group share the shards between their processes. */
    group: string;
    /** Has all shards for itself, beside the service's other readers: for a rebuild, which one process runs. */
    alone?: boolean;
    source: ServiceName;
    /** The last position of the shard that the group has dealt with; 0 at the start. Asked on every assignment. */
    position(shard: number): Promise<number>;
    /** Throwing makes the bus deliver again later, from `position`. */
    handle(batch: BusBatch): Promise<void>;
    maxBatch: number;
    /** What the reader hears. Of other events the bus may leave `data` and `personal` out, to spare the parsing. */
    wants?(event: Pick<RecordedEvent, 'service' | 'type' | 'typeVersion'>): boolean;
  }): Promise<BusSubscription>;
  /** Opens personal parts, which travel sealed; what can no longer be read is absent, and the event says `erased`. */
  open(source: ServiceName, events: readonly RecordedEvent[]): Promise<RecordedEvent[]>;
  close(): Promise<void>;
}
