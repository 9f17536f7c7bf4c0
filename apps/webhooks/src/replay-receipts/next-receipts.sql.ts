/** The next receipts of a replay, in the order they came. */
export const nextReceipts = `
select id, received_at, app_id, body, bytes from receipt
where $1 = any(workspace_ids) and id >= $2 and id < $3
  and ($4::text is null or $4 = any(phone_number_ids)) and ($5::uuid is null or id = $5)
  and ($6::uuid is null or id > $6)
order by id limit $7`;
