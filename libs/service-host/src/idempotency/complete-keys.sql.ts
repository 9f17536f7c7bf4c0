/** The first answer stays: a claim that somebody else completed meanwhile is left as it is. */
export const completeKeys = `
  update idempotency_key as held
     set answer_status = given.status, answer_body = given.body
    from unnest($3::text[], $4::uuid[], $5::int[], $6::json[]) as given (key, resource_id, status, body)
   where held.workspace_id = $1 and held.scope = $2 and held.key = given.key
     and held.resource_id = given.resource_id and held.answer_status is null
  returning held.key`;
