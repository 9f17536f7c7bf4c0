export type { Bus, BusBatch, BusSubscription } from './bus';
export { sourcesOf, Transient, type Effect, type Fold, type Reaction, type Reader, type Tx } from './reader';
