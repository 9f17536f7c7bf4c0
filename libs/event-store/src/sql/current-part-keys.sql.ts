export const currentPartKeys = `
select k.id, k.workspace_id as "workspaceId", k.subject, k.wrapped
  from unnest($1::uuid[], $2::text[]) g (workspace_id, subject)
  join log.part_key k on k.workspace_id = g.workspace_id and k.subject = g.subject and k.own and k.wrapped is not null`;
