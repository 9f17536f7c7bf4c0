/** The later time wins, whichever comes first. */
export const upsertWindows = `
  insert into service_window (sender_id, alias_key, last_inbound_at, last_entry_at, free_until)
  select given.sender_id, given.alias_key, max(inbound_at), max(entry_at), max(free_until)
    from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
      as given (sender_id, alias_key, inbound_at, entry_at, free_until)
   group by 1, 2
   order by 1, 2
  on conflict (sender_id, alias_key) do update
    set last_inbound_at = greatest(service_window.last_inbound_at, excluded.last_inbound_at),
        last_entry_at = greatest(service_window.last_entry_at, excluded.last_entry_at),
        free_until = greatest(service_window.free_until, excluded.free_until)`;
