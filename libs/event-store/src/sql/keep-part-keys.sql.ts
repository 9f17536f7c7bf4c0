/** In one order, so that two callers with the same people never wait for each other. */
export const keepPartKeys = `
insert into log.part_key (id, own, workspace_id, subject, wrapped, unpublished)
select id, true, workspace_id, subject, wrapped, true
  from unnest($1::text[], $2::uuid[], $3::text[], $4::bytea[]) g (id, workspace_id, subject, wrapped)
 order by workspace_id, subject
on conflict (workspace_id, subject) where own and wrapped is not null do nothing
returning id`;
