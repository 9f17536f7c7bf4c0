import { noSender } from './identity-evidence';

const aliases = '(workspace_id uuid, sender_id uuid, phone_number_id text, alias_key text, part_id uuid)';
const sightings = '(workspace_id uuid, sender_id uuid, phone_key text, user_key text, at timestamptz)';
const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Whether any of it was not known. */
export const findNews = `
select exists (
    select from jsonb_to_recordset($1::jsonb) as seen ${aliases}
    where not exists (select from conversation_alias known
                      where known.sender_id = seen.sender_id and known.alias_key = seen.alias_key))
  or exists (
    select from jsonb_to_recordset($2::jsonb) as seen ${sightings}
    where not exists (select from alias_sighting known
                      where known.workspace_id = seen.workspace_id and known.sender_id = seen.sender_id
                        and known.phone_key = seen.phone_key and known.user_key = seen.user_key
                        and known.first_at <= seen.at)) as news`;

const key = `hashtextextended('who is who in ' || workspace || current_schema(), 0)`;
/** While conversations are written, who is who stands still. */
export const shareIdentities = `select pg_advisory_xact_lock_shared(${key}) from unnest($1::text[]) as workspace`;
export const lockIdentities = `select pg_advisory_xact_lock(${key}) from unnest($1::text[]) as workspace`;

/** An alias begins as a person of its own. */
export const enterAliases = `
insert into conversation_alias
  (sender_id, alias_key, since, until, workspace_id, phone_number_id, part_id, conversation_id)
select sender_id, alias_key, '-infinity', 'infinity', workspace_id, phone_number_id, part_id, part_id
from jsonb_to_recordset($1::jsonb) as seen ${aliases}
where not exists (select from conversation_alias known
                  where known.sender_id = seen.sender_id and known.alias_key = seen.alias_key)
returning workspace_id, sender_id, alias_key`;

export const enterSightings = `
insert into alias_sighting as known (workspace_id, sender_id, phone_key, user_key, first_at)
select workspace_id, sender_id, phone_key, user_key, at from jsonb_to_recordset($1::jsonb) as seen ${sightings}
on conflict (workspace_id, sender_id, phone_key, user_key) do update set first_at = excluded.first_at
where known.first_at > excluded.first_at
returning workspace_id, sender_id, phone_key, user_key`;

export const enterChanges = `
insert into alias_change (event_id, side, alias_key, sender_id, at)
select event_id, side, alias_key, sender_id, at
from jsonb_to_recordset($1::jsonb) as r (event_id uuid, side text, alias_key text, sender_id uuid, at timestamptz)
on conflict do nothing`;

/** The senders that know these people, of whom something was said without naming a sender. */
export const sendersOfUsers = `
select distinct known.workspace_id, known.sender_id, known.alias_key
from jsonb_to_recordset($1::jsonb) as seen (workspace_id uuid, user_key text)
join conversation_alias known on known.workspace_id = seen.workspace_id and known.alias_key = seen.user_key`;

const asked = 'jsonb_to_recordset($1::jsonb) as asked (workspace_id uuid, sender_id uuid, alias_key text)';

/**
 * Where an asked alias was seen with another, with its sender or with none. What is said of no sender counts for senders
 * that know the user id: to the others, of another portfolio, it is a stranger's.
 */
export const findSightings = `
with pair as (
  select asked.workspace_id, asked.sender_id, seen.sender_id as told, seen.phone_key, seen.user_key, seen.first_at
  from ${asked}
  join alias_sighting seen on seen.workspace_id = asked.workspace_id
    and seen.sender_id in (asked.sender_id, '${noSender}') and seen.phone_key = asked.alias_key
  union all
  select asked.workspace_id, asked.sender_id, seen.sender_id, seen.phone_key, seen.user_key, seen.first_at
  from ${asked}
  join alias_sighting seen on seen.workspace_id = asked.workspace_id
    and seen.sender_id in (asked.sender_id, '${noSender}') and seen.user_key = asked.alias_key)
select workspace_id, sender_id, phone_key, user_key, ${instant('first_at')} as at from pair
where told <> '${noSender}'
  or exists (select from conversation_alias known where known.sender_id = pair.sender_id and known.alias_key = pair.user_key)`;

export const findChanges = `
select asked.workspace_id, whole.sender_id, whole.event_id, whole.side, whole.alias_key, ${instant('whole.at')} as at
from ${asked}
join alias_change part on part.sender_id = asked.sender_id and part.alias_key = asked.alias_key
join alias_change whole on whole.event_id = part.event_id`;

/** What stands, in time; a sender's own number with each. */
export const findAliases = `
select known.workspace_id, known.sender_id, known.alias_key, known.phone_number_id, known.conversation_id,
  case when isfinite(known.since) then ${instant('known.since')} end as since
from ${asked}
join conversation_alias known on known.sender_id = asked.sender_id and known.alias_key = asked.alias_key
order by known.sender_id, known.alias_key, known.since`;

export const replaceAliases = {
  remove: `
delete from conversation_alias known using ${asked}
where known.sender_id = asked.sender_id and known.alias_key = asked.alias_key`,
  enter: `
insert into conversation_alias
  (sender_id, alias_key, since, until, workspace_id, phone_number_id, part_id, conversation_id)
select sender_id, alias_key, coalesce(since, '-infinity'), coalesce(until, 'infinity'), workspace_id, phone_number_id,
  part_id, conversation_id
from jsonb_to_recordset($1::jsonb) as r (
  sender_id uuid, alias_key text, since timestamptz, until timestamptz, workspace_id uuid, phone_number_id text,
  part_id uuid, conversation_id uuid)`,
};
