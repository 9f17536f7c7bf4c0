/** One row: what was fixed when the log was made. */
export const createShape = `
create table log.shape (
  only_row boolean primary key default true check (only_row),
  shards   smallint not null check (shards > 0)
)`;
