export const insertTranscript = `
insert into transcript (conversation_id, wamid, workspace_id, direction, kind, type, at, target, content)
select conversation_id, wamid, workspace_id, direction, kind, type, at, target, decode(content, 'base64')
from jsonb_to_recordset($1::jsonb) as r (
  conversation_id uuid, wamid text, workspace_id uuid, direction text, kind text, type text, at timestamptz, target text, content text)
on conflict (conversation_id, wamid) do nothing`;
