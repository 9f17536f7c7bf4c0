/**
 * Who is behind these alias keys: the contact, every alias of the person, and what the person said, over all contacts
 * that are one person. Set by set, so that no plan looks through a table once for each key.
 */
export const findPeople = `
  with held as materialized (
    select alias.alias_key, alias.contact_id, alias.shown_at, contact.person_id, contact.first_alias_key
      from contact_alias alias left join contact using (contact_id)
     where alias.workspace_id = $1 and alias.alias_key = any($2)),
  member as materialized (
    select person_id, contact.contact_id
      from (select distinct person_id from held) as person join contact using (person_id)),
  known_as as (
    select person_id, array_agg(alias.alias_key) as alias_keys,
           jsonb_agg(jsonb_build_object('key', alias.alias_key, 'portfolioId', portfolio_id, 'shownAt', shown_at))
             filter (where portfolio_id is not null) as shown
      from member join contact_alias alias using (contact_id)
     group by person_id),
  said as (
    select person_id, jsonb_agg(jsonb_build_object('purpose', purpose, 'senderId', sender_id, 'state', state,
                                                   'source', source, 'saidAt', said_at)) as statements
      from member join consent using (contact_id)
     group by person_id)
  select held.alias_key, held.contact_id, held.shown_at, held.person_id, held.first_alias_key, known_as.alias_keys,
         known_as.shown, said.statements
    from held left join known_as using (person_id) left join said using (person_id)`;
