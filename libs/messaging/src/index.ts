export type { Bus, BusBatch, BusSubscription } from './bus';
export {
  commandsTopicOf,
  embeddedCommands,
  type Command,
  type CommandHandler,
  type CommandsPort,
  type OutgoingCommand,
} from './commands-port';
export { embeddedBus } from './embedded-bus';
export { fromRecord, topicOf, toRecord } from './event-record';
export { kafkaBus, type KafkaBusSettings } from './kafka-bus';
export { kafkaCommands, type KafkaCommandsOptions } from './kafka-commands';
export { kafkaPartKeys, type KafkaPartKeysOptions, type PartKeyCopies } from './kafka-part-keys';
export { kafkaRelay, type KafkaRelayOptions } from './kafka-relay';
export { messagingMigrations } from './migrations';
export type { Alarms, Log, ReaderAlarm, ReaderNote } from './observer';
export type { ParkedKey } from './parked-records';
export { sourcesOf, Transient, type Effect, type Fold, type Reaction, type Reader, type Tx } from './reader';
export type { RebuildProgress } from './rebuild-fold';
export type { ReplayOutcome } from './replay-parked';
export { inTransaction } from './transaction';
export { runReaders, type ReaderLag, type RunningReaders, type RunReadersOptions } from './run-readers';
