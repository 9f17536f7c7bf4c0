export const createCheckpoint = `
create table log.checkpoint (
  reader text     not null,
  source text     not null,
  shard  smallint not null,
  pos    bigint   not null,
  primary key (reader, source, shard)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`;
