/** Rows to lock. A concurrent transaction that makes the same row is waited for, in one order, so that none is lost. */
export const ensureMessages = `
insert into message (message_id, workspace_id, view)
select message_id, workspace_id, '{"entries":{}}'
from unnest($1::uuid[], $2::uuid[]) as given (message_id, workspace_id)
order by message_id
on conflict (message_id) do nothing`;
