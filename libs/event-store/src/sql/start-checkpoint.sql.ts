export const startCheckpoint = `
insert into log.checkpoint as known (reader, source, shard, pos) values ($1, $2, $3, $4)
on conflict (reader, source, shard) do update set pos = excluded.pos where known.pos = 0`;
