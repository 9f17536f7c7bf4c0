export type { AppendVerdict, EventLog, Fence, NewEvent, StreamAppend } from './event-log';
export type { Lease, Leases } from './leases';
export { changeStream, type StreamChanged, type StreamToChange } from './change-stream';
export { checkpoints, type Checkpoint, type Queryable } from './checkpoints';
export { gather, type GatherOptions } from './gather';
export { eventStoreMigrations } from './event-store-migrations';
export { LeaseLost } from './lease-lost';
export { memoryLeases, type MemoryLeases } from './memory-leases';
export { memoryLog, type MemoryLogOptions } from './memory-log';
export { isPassingFailure } from './passing-failure';
export { postgresLeases } from './postgres-leases';
export { postgresLog, type PostgresLogOptions } from './postgres-log';
export { keptPart, openKept, type OpenEvents } from './personal-parts/kept-part';
export { memoryPartKeys, type PartKeyStore } from './personal-parts/part-key-store';
export {
  partContext,
  personalParts,
  storedPart,
  subjectsOf,
  wrappingContext,
  type PartOwners,
  type PersonalParts,
  type SealedBox,
  type Sealer,
} from './personal-parts/personal-parts';
export { postgresPartKeys } from './personal-parts/postgres-part-keys';
export { defaultShards, shardOf } from './shard-of';
export type { AppendListener, Growth } from './signals';
