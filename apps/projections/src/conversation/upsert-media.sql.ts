/** A file that was had in the end is had, whatever was said before. */
export const upsertMedia = `
insert into transcript_media as m (part_id, wamid, media_id, state, mime_type, bytes)
select distinct on (part_id, wamid, media_id) part_id, wamid, media_id, state, mime_type, bytes
from jsonb_to_recordset($1::jsonb) as r (
  part_id uuid, wamid text, media_id text, state text, mime_type text, bytes int)
order by part_id, wamid, media_id, state desc
on conflict (part_id, wamid, media_id) do update set
  state = excluded.state, mime_type = excluded.mime_type, bytes = excluded.bytes
where m.state = 'failed'`;
