/** Updated by every append of the shard: half-empty pages and an eager vacuum keep the one row near. */
export const createShardHead = `
create table log.shard_head (
  shard smallint primary key,
  pos   bigint not null default 0
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`;
