export const readCheckpoints = `
select reader, source, shard, pos from log.checkpoint where reader = any($1::text[]) order by reader, source, shard`;

export const startCheckpoint = `
insert into log.checkpoint as known (reader, source, shard, pos) values ($1, $2, $3, $4)
on conflict (reader, source, shard) do update set pos = excluded.pos where known.pos = 0`;

export const moveCheckpoint = `
update log.checkpoint set pos = $4 where reader = $1 and source = $2 and shard = $3 and pos = $5`;

export const forgetCheckpoints = 'delete from log.checkpoint where reader = $1';
