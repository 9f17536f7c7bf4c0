/** Takes the keys that are free or expired, and answers those rows alone. */
export const claimKeys = `
  insert into idempotency_key as held (workspace_id, scope, key, body_hash, resource_id, expires_at)
  select $1, $2, given.key, given.body_hash, given.resource_id, $6
    from unnest($3::text[], $4::bytea[], $5::uuid[]) as given (key, body_hash, resource_id)
  on conflict (workspace_id, scope, key) do update
    set body_hash = excluded.body_hash, resource_id = excluded.resource_id, expires_at = excluded.expires_at,
        answer_status = null, answer_body = null
    where held.expires_at <= $7
  returning key, body_hash, resource_id, answer_status, answer_body`;
