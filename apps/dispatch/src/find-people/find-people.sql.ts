/** A page of people in a fixed order, with their contacts and what they last said. */
export const pageOfPeople = `
  with page as materialized (
    select distinct person_id from contact
     where workspace_id = $1 and person_id > $2 order by person_id limit $3),
  member as materialized (
    select person_id, contact.contact_id from page join contact using (person_id)),
  said as (
    select person_id, jsonb_agg(jsonb_build_object('senderId', nullif(sender_id::text, $5), 'state', state,
                                                   'source', source, 'saidAt', said_at)) as statements
      from member join consent using (contact_id)
     where purpose = $4
     group by person_id)
  select member.person_id as "personId", array_agg(member.contact_id order by member.contact_id) as "contactIds",
         said.statements
    from member left join said using (person_id)
   group by member.person_id, said.statements
   order by member.person_id`;
