/** The later message wins, whichever comes first. */
export const upsertLastWords = `
  insert into last_word (conversation_id, workspace_id, sender_id, alias_key, wamid, at)
  select distinct on (conversation_id) *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
         as given (conversation_id, workspace_id, sender_id, alias_key, wamid, at)
   order by conversation_id, at desc, wamid desc
  on conflict (conversation_id) do update set wamid = excluded.wamid, at = excluded.at
   where (excluded.at, excluded.wamid) > (last_word.at, last_word.wamid)`;
