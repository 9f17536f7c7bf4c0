/** One statement each: what a log stands on. */
export const createSchema = 'create schema if not exists log';

/** One row: what was fixed when the log was made. */
export const createShape = `
create table log.shape (
  only_row boolean primary key default true check (only_row),
  shards   smallint not null check (shards > 0)
)`;

/** Updated by every append of the shard: half-empty pages and an eager vacuum keep the one row near. */
export const createShardHead = `
create table log.shard_head (
  shard smallint primary key,
  pos   bigint not null default 0
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`;

export const createEvent = `
create table log.event (
  shard        smallint    not null,
  pos          bigint      not null,
  stream_id    uuid        not null,
  version      int         not null,
  event_id     uuid        not null,
  workspace_id uuid        not null,
  type         text        not null,
  at           timestamptz not null,
  data         jsonb       not null check (jsonb_typeof(data) = 'object'),
  personal     bytea,
  meta         jsonb       not null,
  primary key (stream_id, version)
)`;

export const createEventTail = 'create unique index event_tail on log.event (shard, pos)';

export const createEventOnce = 'create unique index event_once on log.event (stream_id, event_id)';

export const createLease = `
create table log.lease (
  name       text primary key,
  owner      text        not null,
  fence      bigint      not null,
  expires_at timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`;

export const createCheckpoint = `
create table log.checkpoint (
  reader text     not null,
  source text     not null,
  shard  smallint not null,
  pos    bigint   not null,
  primary key (reader, source, shard)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`;
