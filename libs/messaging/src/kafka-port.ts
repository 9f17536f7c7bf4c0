import type { Log } from './observer';

export interface KafkaSettings {
  readonly brokers: string | readonly string[];
  readonly clientId: string;
  /** How long a member of a group may be silent before its shards go to others; 10 s. */
  readonly sessionTimeoutMs?: number;
  readonly logger?: Log;
}

export interface KafkaRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | undefined;
  /** Empty for a tombstone. */
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export interface OutgoingRecord {
  readonly key: string;
  /** null: a tombstone. */
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** The broker does not take a record (or a batch) of this size. */
export class RecordTooLarge extends Error {
  override readonly name = 'RecordTooLarge';
}

export interface KafkaProducer {
  /** All or nothing into one partition, once however often the request had to be repeated. After a throw, take a new producer. */
  send(topic: string, partition: number, records: readonly OutgoingRecord[]): Promise<void>;
  close(): Promise<void>;
}

export interface KafkaConsumer {
  seek(partition: number, offset: number): void;
  pause(partition: number): void;
  resume(partition: number): void;
  /** Notes with the broker how far the group is, for whoever comes next; a failure is of no consequence. */
  commit(partition: number, offset: number, note: string): Promise<void>;
  close(deadlineMs: number): Promise<void>;
}

export interface ConsumerEvents {
  /** These partitions are ours from now on, paused, and no others. */
  onAssigned(partitions: readonly number[]): void;
  /** Nothing is ours until it is assigned again. */
  onRevoked(): void;
  onRecords(partition: number, records: readonly KafkaRecord[]): void;
}
