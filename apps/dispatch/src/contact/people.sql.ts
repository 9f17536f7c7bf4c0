/**
 * Who is behind these alias keys: the contact, every alias of the person, and what the person said, over all contacts
 * that are one person.
 */
export const findPeople = `
  select held.alias_key, held.contact_id, mine.first_alias_key,
         (select array_agg(alias.alias_key)
            from contact other join contact_alias alias using (contact_id)
           where other.person_id = mine.person_id) as alias_keys,
         (select jsonb_agg(jsonb_build_object('purpose', said.purpose, 'senderId', said.sender_id, 'state', said.state,
                                              'source', said.source, 'saidAt', said.said_at))
            from contact other join consent said using (contact_id)
           where other.person_id = mine.person_id) as statements
    from contact_alias held join contact mine using (contact_id)
   where held.workspace_id = $1 and held.alias_key = any($2)`;
