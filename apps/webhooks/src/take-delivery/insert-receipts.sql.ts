/** Many receipts in one statement, each once; ids of entries come as array literals of digits. */
export const insertReceipts = `
insert into receipt (id, received_at, app_id, workspace_ids, waba_ids, phone_number_ids, quarantined, facts, body, bytes, alias_keys)
select id, received_at, app_id, workspace_ids::uuid[], waba_ids::text[], phone_number_ids::text[], quarantined, facts, body, bytes, alias_keys::text[]
from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::bytea[],
  $10::int[], $11::text[])
  as given (id, received_at, app_id, workspace_ids, waba_ids, phone_number_ids, quarantined, facts, body, bytes, alias_keys)
on conflict (id) do nothing`;
