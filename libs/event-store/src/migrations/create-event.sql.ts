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
