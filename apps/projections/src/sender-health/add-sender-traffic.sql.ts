export const addSenderTraffic = `
insert into sender_traffic as t (sender_id, minute, workspace_id, attempted, received, reported)
select * from jsonb_to_recordset($1::jsonb) as r (
  sender_id uuid, minute timestamptz, workspace_id uuid, attempted int, received int, reported int)
on conflict (sender_id, minute) do update set
  attempted = t.attempted + excluded.attempted,
  received = t.received + excluded.received,
  reported = t.reported + excluded.reported`;
