/** Conversations with what was said last on either side, and when we first answered a free entry. */
export const listConversations = (conditions: string, limit: number): string => `
select c.conversation_id, c.sender_id, c.phone_number_id, c.inbound_at, c.entry_at, c.last_at, c.contact_id, c.person,
  i.wamid as in_wamid, i.direction as in_direction, i.type as in_type, i.at as in_at, i.content as in_content,
  o.message_id as out_id, o.view as out_view, o.requested_at as out_at, o.personal as out_personal,
  f.answered_at
from conversation c
left join lateral (select wamid, direction, type, at, content from transcript t
  where t.conversation_id = c.conversation_id and t.kind in ('message', 'call') order by at desc limit 1) i on true
left join lateral (select message_id, view, requested_at, personal from message m
  where m.conversation_id = c.conversation_id and m.state in ('accepted', 'sent', 'delivered', 'read')
  order by requested_at desc limit 1) o on true
left join lateral (select min(requested_at) as answered_at from message m
  where m.conversation_id = c.conversation_id and m.requested_at between c.entry_at and c.entry_at + interval '24 hours'
  and m.state in ('accepted', 'sent', 'delivered', 'read')) f on true
where ${conditions} order by c.last_at desc, c.conversation_id desc limit ${limit}`;
