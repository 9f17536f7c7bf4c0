/** Where a table's rows of a conversation are: under each alias of the person, in the time in which it was theirs. */
const within = (at: string): string => `${at} >= whose.since and ${at} < whose.until`;
const parts = 'conversation_alias whose where whose.conversation_id = c.conversation_id';
const arrived = "m.state in ('accepted', 'sent', 'delivered', 'read')";

interface Newest {
  readonly columns: string;
  readonly of: string;
  /** Under which alias a row stands, and when it was. */
  readonly part: string;
  readonly at: string;
  readonly where: string;
}

const lines = { of: 'transcript t', part: 't.part_id', at: 't.at' };
const messages = { of: 'message m', part: 'm.conversation_id', at: 'm.requested_at' };

/** The newest row of a conversation in a table: the newest of each alias is found by an index, and of these the newest. */
const newest = (name: string, { columns, of, part, at, where }: Newest): string => `
left join lateral (select one.* from (select * from ${parts}) whose cross join lateral (
    select ${columns}, ${at} as newest_at from ${of}
    where ${part} = whose.part_id and ${within(at)} and ${where} order by ${at} desc limit 1) one
  order by one.newest_at desc limit 1) ${name} on true`;

/** Conversations with who it is, what was said last on either side, who took over last, and when we first answered a free entry. */
export const listConversations = (conditions: string, limit: number): string => `
select c.conversation_id, c.sender_id, c.phone_number_id, c.inbound_at, c.entry_at, c.last_at, c.contact_id,
  p.person, p.addressed, p.free_until,
  i.wamid as in_wamid, i.direction as in_direction, i.type as in_type, i.at as in_at, i.content as in_content,
  o.message_id as out_id, o.view as out_view, o.requested_at as out_at, o.personal as out_personal,
  f.answered_at, h.type as handover, h.target as owner, h.at as handed_at
from conversation c
left join lateral (
  select (array_agg(part.person order by part.person_at desc) filter (where ${within('part.person_at')}))[1] as person,
    (array_agg(part.addressed order by part.part_id) filter (where part.addressed is not null))[1] as addressed,
    max(part.free_until) filter (where ${within('part.free_at')}) as free_until
  from (select * from ${parts}) whose join conversation_part part using (part_id)) p on true
${newest('i', { ...lines, columns: 'wamid, direction, type, at, content', where: "t.kind in ('message', 'call')" })}
${newest('h', { ...lines, columns: 'type, target, at', where: "t.kind = 'handover'" })}
${newest('o', { ...messages, columns: 'message_id, view, requested_at, personal', where: arrived })}
left join lateral (
  select least(min(sent.at), min(echoed.at)) as answered_at from (select * from ${parts}) whose
  left join lateral (select min(requested_at) as at from message m
    where m.conversation_id = whose.part_id and ${within('m.requested_at')} and ${arrived}
      and m.requested_at between c.entry_at and c.entry_at + interval '24 hours') sent on true
  left join lateral (select min(at) as at from transcript t
    where t.part_id = whose.part_id and ${within('t.at')} and t.direction = 'out' and t.kind = 'message'
      and t.at between c.entry_at and c.entry_at + interval '24 hours') echoed on true) f on true
where ${conditions} order by c.last_at desc, c.conversation_id desc limit ${limit}`;

/** A conversation by its id, or by that of any alias of the person: it may have gone by another before. */
export const byAnyId = (id: string): string => `c.conversation_id in (
  select ${id}::uuid union
  select (select conversation_id from conversation_alias where part_id = ${id}::uuid order by since limit 1))`;

export const transcriptLinesOf = (limit: number): string => `
select t.wamid, t.direction, t.kind, t.type, t.at, t.target, t.content
from conversation_alias whose join transcript t on t.part_id = whose.part_id and ${within('t.at')}
where whose.conversation_id = $1 order by t.at desc limit ${limit}`;

export const filesOfLines = `
select m.wamid, m.media_id as id, m.state, m.mime_type as "mimeType", m.bytes
from (select distinct part_id from conversation_alias where conversation_id = $1) part
join transcript_media m on m.part_id = part.part_id where m.wamid = any($2::text[])`;

export const messagesOf = (limit: number): string => `
select m.message_id, m.view, m.personal
from conversation_alias whose join message m on m.conversation_id = whose.part_id and ${within('m.requested_at')}
where whose.conversation_id = $1 and m.state is not null order by m.requested_at desc limit ${limit}`;
