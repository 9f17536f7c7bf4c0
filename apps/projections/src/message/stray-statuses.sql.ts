/** Shared by those that make wamids known, exclusive to those that look for them: neither can miss the other. */
export const shareWamids = 'select pg_advisory_xact_lock_shared(4714, 1)';
export const claimWamids = 'select pg_advisory_xact_lock(4714, 1)';

export const messagesOfWamids = 'select message_id, wamid from message where wamid = any($1::text[])';

export const keepStrays = `
insert into stray_status (event_id, wamid, event)
select (event->>'id')::uuid, event->'data'->>'wamid', event from unnest($1::jsonb[]) as given (event)
on conflict (event_id) do nothing`;

export const takeStrays = 'delete from stray_status where wamid = any($1::text[]) returning wamid, event';
