/**
 * Enters contacts and the aliases they were seen by. An alias stays with the contact that had it first; the answer
 * names the contacts that turned out to share one.
 */
export const enterContacts = `
  insert into contact (contact_id, workspace_id, person_id, first_alias_key)
  select given.contact_id, given.workspace_id, given.contact_id, given.first_alias_key
    from unnest($1::uuid[], $2::uuid[], $3::text[]) as given (contact_id, workspace_id, first_alias_key)
   order by 1
  on conflict (contact_id) do nothing`;

export const enterAliases = `
  insert into contact_alias (workspace_id, alias_key, contact_id, portfolio_id, shown_at)
  select distinct on (1, 2) given.workspace_id, given.alias_key, given.contact_id, given.portfolio_id, given.shown_at
    from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[])
           with ordinality as given (workspace_id, alias_key, contact_id, portfolio_id, shown_at, place)
   order by 1, 2, given.place
  on conflict (workspace_id, alias_key) do update
    set portfolio_id = coalesce(contact_alias.portfolio_id, excluded.portfolio_id),
        shown_at = coalesce(contact_alias.shown_at, excluded.shown_at)
   where contact_alias.contact_id = excluded.contact_id
     and (contact_alias.portfolio_id is null and excluded.portfolio_id is not null
          or contact_alias.shown_at is null and excluded.shown_at is not null)`;

export const sharedAliases = `
  select distinct held.contact_id as holder, given.contact_id as claimant
    from unnest($1::uuid[], $2::text[], $3::uuid[]) as given (workspace_id, alias_key, contact_id)
    join contact_alias held using (workspace_id, alias_key)
   where held.contact_id <> given.contact_id`;

/** Two contacts are one person from now on, and so is everybody who was one with either. Answers who these people were. */
export const mergePersons = `
  update contact set person_id = one.person_id
    from (select min(person_id::text)::uuid as person_id, array_agg(person_id) as persons
            from contact where contact_id in ($1, $2)) as one
   where contact.person_id = any(one.persons) and contact.person_id <> one.person_id
  returning one.persons`;

export const enterMoves = `
  insert into alias_move (workspace_id, alias_key, from_contact, at, to_contact)
  select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::uuid[])
  on conflict do nothing`;

/** Until nothing moves any more: each move leads on in time. */
export const followMoves = `
  update contact_alias held set contact_id = move.to_contact, shown_at = move.at
    from alias_move move
   where held.workspace_id = move.workspace_id and held.alias_key = move.alias_key and held.alias_key = any($1)
     and held.contact_id = move.from_contact and (held.shown_at is null or held.shown_at < move.at)`;

/** What was open with the person who had the number stays open with them, and is not open with whoever has it now. */
export const keepWindows = `
  with left_behind as (
    select gone.from_contact, own.* from unnest($1::text[], $2::uuid[], $3::timestamptz[]) as gone (alias_key, from_contact, at)
      join service_window own using (alias_key)
     where own.last_inbound_at < gone.at),
  heir as (
    select distinct on (left_behind.from_contact) left_behind.from_contact, other.alias_key
      from left_behind join contact mine on mine.contact_id = left_behind.from_contact
      join contact theirs using (person_id) join contact_alias other on other.contact_id = theirs.contact_id
     where other.alias_key <> all ($1)
     order by left_behind.from_contact, other.alias_key desc),
  kept as (
    insert into service_window (sender_id, alias_key, last_inbound_at, last_entry_at, free_until)
    select sender_id, heir.alias_key, max(last_inbound_at), max(last_entry_at), max(free_until)
      from left_behind join heir using (from_contact)
     group by 1, 2
    on conflict (sender_id, alias_key) do update
      set last_inbound_at = greatest(service_window.last_inbound_at, excluded.last_inbound_at),
          last_entry_at = greatest(service_window.last_entry_at, excluded.last_entry_at),
          free_until = greatest(service_window.free_until, excluded.free_until))
  delete from service_window using left_behind
   where service_window.sender_id = left_behind.sender_id and service_window.alias_key = left_behind.alias_key`;
