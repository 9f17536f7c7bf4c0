export const createLease = `
create table log.lease (
  name       text primary key,
  owner      text        not null,
  fence      bigint      not null,
  expires_at timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`;
