export const insertTranscript = `
insert into transcript (part_id, wamid, workspace_id, direction, kind, type, at, opens_at, entry, target, content)
select part_id, wamid, workspace_id, direction, kind, type, at, opens_at, entry, target, decode(content, 'base64')
from jsonb_to_recordset($1::jsonb) as r (
  part_id uuid, wamid text, workspace_id uuid, direction text, kind text, type text, at timestamptz,
  opens_at timestamptz, entry boolean, target text, content text)
on conflict (part_id, wamid) do nothing`;

export const insertRequests = `
insert into conversation_request (message_id, part_id, at, contact_id)
select message_id, part_id, at, contact_id
from jsonb_to_recordset($1::jsonb) as r (message_id uuid, part_id uuid, at timestamptz, contact_id uuid)
on conflict (message_id) do nothing`;
