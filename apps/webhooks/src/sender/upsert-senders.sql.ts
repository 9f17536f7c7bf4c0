export const upsertSenders = `
insert into sender (account_id, phone_number_id, sender_id, workspace_id)
select distinct * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[])
on conflict (account_id, phone_number_id) do nothing`;
