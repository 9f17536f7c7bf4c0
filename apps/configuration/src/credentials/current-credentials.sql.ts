export const currentCredentials = `
  select account_id as "accountId", credentials_version as "credentialsVersion", workspace_id as "workspaceId",
         waba_id as "wabaId", app_id as "appId", graph_url as "graphUrl", sealed
    from credentials
   where account_id = $1 and superseded_at is null
   order by credentials_version desc
   limit 1`;
