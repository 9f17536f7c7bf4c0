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

export const renewLease = `
update log.lease set expires_at = clock_timestamp() + $4 * interval '1 millisecond'
where name = $1 and owner = $2 and fence = $3 and expires_at > clock_timestamp()`;

/** The row stays, so that the fence goes on growing. */
export const releaseLease = `
update log.lease set owner = '', expires_at = '-infinity' where name = $1 and owner = $2 and fence = $3`;
