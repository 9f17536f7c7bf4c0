export const createEventTail = 'create unique index event_tail on log.event (shard, pos)';
