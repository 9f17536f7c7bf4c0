export const readKeys = `
  select key, body_hash, resource_id, answer_status, answer_body
    from idempotency_key
   where workspace_id = $1 and scope = $2 and key = any($3)`;
