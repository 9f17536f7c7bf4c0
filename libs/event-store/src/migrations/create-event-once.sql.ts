export const createEventOnce = 'create unique index event_once on log.event (stream_id, event_id)';
