export const insertMediaJobs = `
insert into media_job
  (id, workspace_id, place, wamid, media_id, mime_type, sha256, url, ordering_key, alias_keys, received_at, due_at, attempts)
select id, workspace_id, place, wamid, media_id, mime_type, sha256, url, ordering_key, alias_keys, received_at, received_at, 0
from jsonb_to_recordset($1::jsonb) as r (
  id uuid, workspace_id uuid, place jsonb, wamid text, media_id text, mime_type text, sha256 text, url text,
  ordering_key text, alias_keys jsonb, received_at timestamptz)
on conflict (id) do nothing`;
