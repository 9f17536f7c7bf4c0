export const upsertAlarms = `
insert into alarm as a (workspace_id, service, key, kind, version, raised, at, severity, text, subject)
select * from jsonb_to_recordset($1::jsonb) as r (
  workspace_id uuid, service text, key text, kind text, version int, raised boolean, at timestamptz,
  severity text, text text, subject jsonb)
on conflict (workspace_id, service, key) do update set
  kind = excluded.kind, version = excluded.version, raised = excluded.raised, at = excluded.at,
  severity = coalesce(excluded.severity, a.severity), text = coalesce(excluded.text, a.text),
  subject = coalesce(excluded.subject, a.subject)
where excluded.version > a.version`;
