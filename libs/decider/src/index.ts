export type { Clock } from './clock';
export { fold, isRefusal, refuse, type Decider, type DomainEvent, type Outcome, type Refusal } from './decider';
export { Fault } from './fault';
