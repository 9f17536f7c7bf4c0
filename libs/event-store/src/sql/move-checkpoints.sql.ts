/**
 * Moves those that stand where they are thought to stand, in the order in which everybody locks them, and answers which.
 * $1 readers, $2 sources, $3 shards, $4 positions, $5 where they stand.
 */
const moving = (whatIsHeld: '' | 'skip locked'): string => `
with wanted as (
  select * from unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::bigint[]) as w (reader, source, shard, pos, stands)
), begun as (
  insert into log.checkpoint as known (reader, source, shard, pos)
  select reader, source, shard, pos from wanted where stands = 0 order by reader, source, shard
  on conflict (reader, source, shard) do update set pos = excluded.pos where known.pos = 0
  returning reader, source, shard
), held as (
  select c.reader, c.source, c.shard, w.pos
    from log.checkpoint c
    join wanted w on c.reader = w.reader and c.source = w.source and c.shard = w.shard and c.pos = w.stands
   where w.stands > 0
   order by c.reader, c.source, c.shard
     for update of c ${whatIsHeld}
), moved as (
  update log.checkpoint c set pos = h.pos
    from held h where c.reader = h.reader and c.source = h.source and c.shard = h.shard
  returning c.reader, c.source, c.shard
)
select reader, source, shard from begun union all select reader, source, shard from moved`;

/** Waits for whoever holds one of them. */
export const moveCheckpoints = moving('');

/** Leaves alone what somebody holds, as a rebuild holds its fold's for a while: the others do not wait for it. */
export const moveFreeCheckpoints = moving('skip locked');
