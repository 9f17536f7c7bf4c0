export type { AppendVerdict, EventLog, Fence, NewEvent, StreamAppend } from './event-log';
export type { Lease, Leases } from './leases';
