export const readCheckpoints = `
select reader, source, shard, pos from log.checkpoint where reader = any($1::text[]) order by reader, source, shard`;
