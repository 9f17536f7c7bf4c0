import type { EventDefinition, RecordedEvent, ServiceName } from '@postrider/event-contracts';

/** What a fold writes through: one open transaction of the reader's own database. */
export interface Tx {
  query<Row extends object = Record<string, unknown>>(
    text: string | Named,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number }>;
  /** A rebuild fills tables beside those that serve: only the fold's own `tables` are to be written. */
  readonly rebuilding?: true;
}

/** A statement that a connection plans once: worth it where planning takes longer than running. */
export interface Named {
  readonly name: string;
  readonly text: string;
}

interface ReaderBase {
  /** Begins with the service: `dispatch:senders`. Names the checkpoint, and on Kafka the consumer group. */
  readonly name: string;
  /** What it wants; everything else passes by. Sources follow from the definitions' services. */
  readonly hears: readonly EventDefinition[];
  /** Takes personal parts as they travel, sealed, to keep them so (`keptPart`). */
  readonly leavesSealed?: true;
  /** Somebody waits for what it does with each event: it waits for no connection behind others, and takes no rest. */
  readonly urgent?: true;
  /**
   * How long it rests after a batch, whether it wanted any of it or not, so that under load it reads and deals with few
   * large batches instead of many small ones; else as long as the batch took, a tenth of a second at most. What comes after
   * a rest is dealt with at once, and whoever is behind takes none.
   */
  readonly restMs?: number;
}

/** What is to be done once what a fold wrote is committed, as telling those who go by it. */
export type OnceCommitted = () => void;

/** Writes tables, in the transaction it is given, with the checkpoint. Can be rebuilt where it has `reset`. */
export interface Fold extends ReaderBase {
  readonly kind: 'fold';
  handle(events: readonly RecordedEvent[], tx: Tx): Promise<void | OnceCommitted>;
  /** Empties its tables before a rebuild. */
  reset?(tx: Tx): Promise<void>;
  /**
   * All tables that it writes, in `public` and named without a schema in its SQL. A rebuild then fills new ones beside
   * them, and swaps once they have caught up; until then the old ones serve.
   */
  readonly tables?: readonly string[];
  /**
   * Takes part in the swap, in its transaction: where other tables go by those that are swapped, they are set right after
   * `swapIn`. Without it the swap is all.
   */
  swap?(tx: Tx, swapIn: () => Promise<void>): Promise<void>;
}

/**
 * Appends events under ids made from the source event (`reactionId`), so that doing it again changes nothing; the
 * checkpoint moves afterwards.
 */
export interface Reaction extends ReaderBase {
  readonly kind: 'reaction';
  handle(events: readonly RecordedEvent[]): Promise<void>;
}

/** Changes the outside world under a protocol of its own; never replayed by a rebuild. */
export interface Effect extends ReaderBase {
  readonly kind: 'effect';
  handle(events: readonly RecordedEvent[], control: { alive(): boolean; heartbeat(): Promise<void> }): Promise<void>;
}

export type Reader = Fold | Reaction | Effect;

const restMostMs = 100;

/** How long those rest after what took so long who do not say how long they do. */
export const restAfterMs = (tookMs: number): number => Math.min(tookMs, restMostMs);

/** The services whose logs a reader hears. */
export function sourcesOf(reader: Reader): ServiceName[] {
  return [...new Set(reader.hears.map((definition) => definition.service))];
}

/** A failure that passes: the runner waits and tries again in place, with heartbeats, and never parks for it. */
export class Transient extends Error {
  override readonly name = 'Transient';
  readonly retryable = true;
}
