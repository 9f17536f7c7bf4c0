/** The first to open a log fixes how many shards it has. */
export const fixShape = 'insert into log.shape (shards) values ($1) on conflict do nothing';

export const readShape = 'select shards from log.shape';

export const makeShardHeads = `
insert into log.shard_head (shard) select generate_series(0, $1::int - 1) on conflict do nothing`;
