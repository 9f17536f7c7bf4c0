/** What every event carries beside its data: CloudEvents attributes and Postrider's extensions (DESIGN §4). */
export interface EventMeta {
  readonly workspaceId: string;
  /** Who or what did it: `key:<api key id>`, `service:<name>`, `meta`, `policy:<name>`. */
  readonly actor: string;
  /** One id for everything that follows from one request or one webhook delivery. */
  readonly correlationId: string;
  /** The id of the event this one follows from, or of the request that made something new. */
  readonly causationId?: string;
  readonly traceparent?: string;
  /** Names the person on the bus without revealing a phone number; all that the source showed. */
  readonly aliasKeys: readonly string[];
}

/** An event as it stands in a log and travels on the bus. */
export interface RecordedEvent<Type extends string = string, Data = unknown, Personal = unknown> extends EventMeta {
  readonly id: string;
  readonly service: string;
  readonly type: Type;
  readonly typeVersion: number;
  readonly streamId: string;
  /** 1..n inside the stream. */
  readonly streamVersion: number;
  /** The stream's shard, which is its Kafka partition. */
  readonly shard: number;
  /** Dense and in commit order inside the shard. */
  readonly position: number;
  /** Order is promised per ordering key: the contact's alias key, else the sender, else the stream. */
  readonly orderingKey: string;
  readonly at: Date;
  readonly data: Data;
  readonly personal?: Personal;
  /** The personal part as it is stored and travels, where it has not been opened. */
  readonly sealed?: Uint8Array;
  /** There was a personal part, and it can no longer be read: a person was erased. */
  readonly erased?: true;
}
