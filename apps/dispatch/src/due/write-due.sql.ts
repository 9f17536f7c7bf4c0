export const upsertDue = `
  insert into due (message_id, workspace_id, sender_id, channel_id, contact_id, pair_key, lane, kind, due_at, held_by,
                   attempt, fence, version, campaign_id, pace_key, pace_per_second)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[],
                       $9::timestamptz[], $10::text[], $11::int[], $12::bigint[], $13::int[], $14::uuid[], $15::uuid[], $16::float8[])
  on conflict (message_id) do update
    set kind = excluded.kind, due_at = excluded.due_at, held_by = excluded.held_by, attempt = excluded.attempt,
        fence = excluded.fence, version = excluded.version
    where due.version < excluded.version`;

/** A first attempt has begun; nothing else of the row changes. */
export const takeOff = `
  update due set kind = 'flight', due_at = given.at, held_by = null, attempt = 1, fence = given.fence, version = given.version
    from unnest($1::uuid[], $2::bigint[], $3::int[], $4::timestamptz[]) as given (message_id, fence, version, at)
   where due.message_id = given.message_id and due.version < given.version`;

export const deleteDue = 'delete from due where message_id = any($1)';

/** Ends those whose first attempt was under way; the others have a longer story, which has to be looked at. */
export const deleteLanded = `
  delete from due
   where message_id = any($1) and (attempt = 0 or (attempt = 1 and kind = 'flight'))
  returning message_id`;
