export const makeShardHeads = `
insert into log.shard_head (shard) select generate_series(0, $1::int - 1) on conflict do nothing`;
