export const keepCredentials = `
  with superseded as (
    update credentials set superseded_at = $8
     where account_id = $1 and credentials_version < $2 and superseded_at is null
  )
  insert into credentials
    (account_id, credentials_version, workspace_id, waba_id, app_id, graph_url, sealed, kept_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (account_id, credentials_version) do update
    set app_id = excluded.app_id, graph_url = excluded.graph_url, sealed = excluded.sealed, kept_at = excluded.kept_at`;
