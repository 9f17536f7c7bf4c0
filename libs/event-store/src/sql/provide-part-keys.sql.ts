/**
 * In one order, so that two callers with the same people never wait for each other. Not waited for until it is on the disk:
 * what is sealed under these keys is appended after them to the same write-ahead log, and that is waited for.
 */
export const providePartKeys = `
with given as (
  select g.* from unnest($1::text[], $2::uuid[], $3::text[], $4::bytea[]) g (id, workspace_id, subject, wrapped),
                  set_config('synchronous_commit', 'off', true)),
known as (
  select k.id, k.workspace_id, k.subject, k.wrapped
    from given join log.part_key k using (workspace_id, subject)
   where k.own and k.wrapped is not null),
kept as (
  insert into log.part_key (id, own, workspace_id, subject, wrapped, unpublished)
  select id, true, workspace_id, subject, wrapped, true
    from given
   where not exists (select from known where (known.workspace_id, known.subject) = (given.workspace_id, given.subject))
   order by workspace_id, subject
  on conflict (workspace_id, subject) where own and wrapped is not null do nothing
  returning id, workspace_id, subject, wrapped)
select id, workspace_id as "workspaceId", subject, wrapped from known
union all
select id, workspace_id, subject, wrapped from kept`;
