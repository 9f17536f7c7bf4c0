/** A rebuild folds what was announced long ago into tables of another schema; it announces nothing. */
export const insertChanges = `
insert into change (workspace_id, type, data)
select "workspaceId", type, data from jsonb_to_recordset($1::jsonb) as r ("workspaceId" uuid, type text, data jsonb)
where current_schema() = 'public'`;
