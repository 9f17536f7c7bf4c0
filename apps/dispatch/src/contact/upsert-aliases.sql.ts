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
  insert into contact_alias (workspace_id, alias_key, contact_id)
  select distinct on (1, 2) given.workspace_id, given.alias_key, given.contact_id
    from unnest($1::uuid[], $2::text[], $3::uuid[]) with ordinality as given (workspace_id, alias_key, contact_id, place)
   order by 1, 2, given.place
  on conflict (workspace_id, alias_key) do nothing`;

export const sharedAliases = `
  select distinct held.contact_id as holder, given.contact_id as claimant
    from unnest($1::uuid[], $2::text[], $3::uuid[]) as given (workspace_id, alias_key, contact_id)
    join contact_alias held using (workspace_id, alias_key)
   where held.contact_id <> given.contact_id`;

/** Two contacts are one person from now on, and so is everybody who was one with either. */
export const mergePersons = `
  update contact set person_id = one.person_id
    from (select min(person_id::text)::uuid as person_id, array_agg(person_id) as persons
            from contact where contact_id in ($1, $2)) as one
   where contact.person_id = any(one.persons) and contact.person_id <> one.person_id`;
