export const moveCheckpoint = `
update log.checkpoint set pos = $4 where reader = $1 and source = $2 and shard = $3 and pos = $5`;
