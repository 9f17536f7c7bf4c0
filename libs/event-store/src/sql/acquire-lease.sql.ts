/** The database's clock decides, and is read after the row's lock was got. */
export const acquireLease = `
insert into log.lease as held (name, owner, fence, expires_at)
values ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
on conflict (name) do update
  set owner = excluded.owner,
      fence = held.fence + case when held.owner = excluded.owner then 0 else 1 end,
      expires_at = clock_timestamp() + $3 * interval '1 millisecond'
  where held.owner = excluded.owner or held.expires_at <= clock_timestamp()
returning fence`;
