export const upsertConfigured = `
  insert into configured (kind, id, workspace_id, stream_version, state, created_at, changed_at)
  select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[], $5::jsonb[], $6::timestamptz[], $7::timestamptz[])
  on conflict (kind, id) do update
    set stream_version = excluded.stream_version, state = excluded.state, changed_at = excluded.changed_at`;
