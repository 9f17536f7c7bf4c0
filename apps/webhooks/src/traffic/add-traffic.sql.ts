export const addTraffic = `
insert into traffic as t (sender_id, bucket, workspace_id, phone_number_id, facts)
select * from jsonb_to_recordset($1::jsonb) as r (
  sender_id uuid, bucket timestamptz, workspace_id uuid, phone_number_id text, facts int)
on conflict (sender_id, bucket) do update set facts = t.facts + excluded.facts`;
