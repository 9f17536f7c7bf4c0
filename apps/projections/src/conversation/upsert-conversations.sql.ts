/** Each contribution goes to whose the alias was at its time. */
export const upsertConversations = `
insert into conversation as c
  (conversation_id, workspace_id, sender_id, phone_number_id, inbound_at, entry_at, last_at, contact_id, contact_at)
select whose.conversation_id, whose.workspace_id, whose.sender_id, whose.phone_number_id,
  max(r.inbound_at), max(r.entry_at), max(r.at),
  (array_agg(r.contact_id order by r.at desc, r.contact_id) filter (where r.contact_id is not null))[1],
  max(r.at) filter (where r.contact_id is not null)
from jsonb_to_recordset($1::jsonb) as r (
  sender_id uuid, alias_key text, at timestamptz, inbound_at timestamptz, entry_at timestamptz, contact_id uuid)
join conversation_alias whose on whose.sender_id = r.sender_id and whose.alias_key = r.alias_key
  and whose.since <= r.at and r.at < whose.until
group by 1, 2, 3, 4 order by 1
on conflict (conversation_id) do update set
  inbound_at = greatest(c.inbound_at, excluded.inbound_at),
  entry_at = greatest(c.entry_at, excluded.entry_at),
  last_at = greatest(c.last_at, excluded.last_at),
  contact_id = case when c.contact_id is null or excluded.contact_at > c.contact_at
      or (excluded.contact_at = c.contact_at and excluded.contact_id < c.contact_id)
    then coalesce(excluded.contact_id, c.contact_id) else c.contact_id end,
  contact_at = greatest(c.contact_at, excluded.contact_at)
returning conversation_id, workspace_id, sender_id, last_at`;

export const removeConversations = 'delete from conversation where conversation_id = any($1::uuid[])';

/** Puts conversations together anew, out of their parts. */
export const restoreConversations = `
insert into conversation
  (conversation_id, workspace_id, sender_id, phone_number_id, inbound_at, entry_at, last_at, contact_id, contact_at)
select whose.conversation_id, whose.workspace_id, whose.sender_id, whose.phone_number_id,
  max(line.inbound_at), max(line.entry_at), greatest(max(line.last_at), max(asked.at)),
  (array_agg(asked.contact_id order by asked.at desc, asked.contact_id) filter (where asked.contact_id is not null))[1],
  max(asked.at)
from conversation_alias whose
left join lateral (
  select max(at) as last_at, max(opens_at) as inbound_at, max(at) filter (where entry) as entry_at
  from transcript where part_id = whose.part_id and at >= whose.since and at < whose.until) line on true
left join lateral (
  select at, contact_id from conversation_request
  where part_id = whose.part_id and at >= whose.since and at < whose.until
  order by at desc, contact_id limit 1) asked on true
where whose.conversation_id = any($1::uuid[])
group by 1, 2, 3, 4
having greatest(max(line.last_at), max(asked.at)) is not null
order by 1`;
