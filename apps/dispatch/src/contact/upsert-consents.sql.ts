/** The statement that was said last counts; of two said at once, the revocation. */
export const upsertConsents = `
  insert into consent (contact_id, purpose, sender_id, state, source, said_at)
  select distinct on (1, 2, 3) *
    from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
           as given (contact_id, purpose, sender_id, state, source, said_at)
   order by 1, 2, 3, given.said_at desc, given.state = 'revoked' desc
  on conflict (contact_id, purpose, sender_id) do update
    set state = excluded.state, source = excluded.source, said_at = excluded.said_at
    where (excluded.said_at, excluded.state = 'revoked') > (consent.said_at, consent.state = 'revoked')`;
