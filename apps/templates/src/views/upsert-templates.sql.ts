export const upsertTemplates = `
  insert into template
    (id, workspace_id, account_id, name, language, state, meta_template_id, stream_version, shown, created_at, changed_at)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
    $9::jsonb[], $10::timestamptz[], $11::timestamptz[])
  on conflict (id) do update
    set state = excluded.state, meta_template_id = excluded.meta_template_id, stream_version = excluded.stream_version,
        shown = excluded.shown, changed_at = excluded.changed_at`;
