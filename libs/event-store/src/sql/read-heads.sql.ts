export const readHeads = 'select shard, pos from log.shard_head order by shard';
