export const upsertConversations = `
insert into conversation as c
  (conversation_id, workspace_id, sender_id, phone_number_id, inbound_at, entry_at, last_at, contact_id, person, person_at)
select conversation_id, workspace_id, sender_id, phone_number_id, inbound_at, entry_at, last_at, contact_id,
  decode(person, 'base64'), person_at
from jsonb_to_recordset($1::jsonb) as r (
  conversation_id uuid, workspace_id uuid, sender_id uuid, phone_number_id text, inbound_at timestamptz,
  entry_at timestamptz, last_at timestamptz, contact_id uuid, person text, person_at timestamptz)
on conflict (conversation_id) do update set
  inbound_at = greatest(c.inbound_at, excluded.inbound_at),
  entry_at = greatest(c.entry_at, excluded.entry_at),
  last_at = greatest(c.last_at, excluded.last_at),
  contact_id = coalesce(c.contact_id, excluded.contact_id),
  person = case when excluded.person is not null and (c.person is null or excluded.person_at >= c.person_at)
    then excluded.person else c.person end,
  person_at = greatest(c.person_at, excluded.person_at)`;
