export const templateGroups = `
  select account_id as "businessAccountId", name, min(seq)::int as seq,
         json_agg(json_build_object(
           'id', id, 'language', language, 'state', state,
           'category', shown -> 'definition' ->> 'category', 'quality', shown ->> 'quality'
         ) order by language) as locales
    from template
   where workspace_id = $1
     and ($3::text is null and state <> 'deleted' or state = $3)
     and ($4::text is null or name = $4) and ($5::text is null or language = $5)
     and ($6::uuid is null or account_id = $6)
   group by account_id, name
  having min(seq) > $2
   order by min(seq)
   limit $7`;
