/** The later time wins, whichever comes first. */
export const upsertWindows = `
  insert into service_window (sender_id, alias_key, last_inbound_at)
  select given.sender_id, given.alias_key, max(given.at)
    from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as given (sender_id, alias_key, at)
   group by 1, 2
   order by 1, 2
  on conflict (sender_id, alias_key) do update
    set last_inbound_at = greatest(service_window.last_inbound_at, excluded.last_inbound_at)`;
