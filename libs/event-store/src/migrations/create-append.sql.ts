import { leaseLostState } from '../sql/lease-lost-state';

/**
 * Many streams of one shard in one round trip, each at most once; a verdict a stream, in order:
 * ok (its new events are in), duplicate (all were there), conflict, or elsewhere (the stream lives in another shard).
 * The lock makes positions dense and in commit order: whoever holds it is the shard's only writer until its commit.
 * `4711` only tells this lock from other advisory locks of the database.
 * No join of the batch with itself: the planner takes arrays for ten rows, and would loop over their square.
 * Each statement of a volatile function has its own snapshot, so what is read after the lock is up to date.
 */
export const createAppend = `
create function log.append(
  p_shard smallint,
  s_id uuid[], s_expected int[], s_workspace uuid[], s_meta jsonb[],
  e_op int[], e_id uuid[], e_type text[], e_at timestamptz[], e_data jsonb[], e_personal bytea[],
  p_lease text, p_fence bigint)
returns table (op int, status text, version int, last_pos bigint) language plpgsql as $f$
declare base bigint;
begin
  perform pg_advisory_xact_lock(4711, p_shard);
  if p_lease is not null then
    perform 1 from log.lease l
      where l.name = p_lease and l.fence = p_fence and l.expires_at > clock_timestamp() for share;
    if not found then
      raise exception 'lease % is not held with fence %', p_lease, p_fence using errcode = '${leaseLostState}';
    end if;
  end if;
  select h.pos into strict base from log.shard_head h where h.shard = p_shard;
  return query
  with ops as materialized (
    select s.op::int op, s.id, s.expected, s.workspace, s.meta, coalesce(l.version, 0) cur, l.shard home
    from unnest(s_id, s_expected, s_workspace, s_meta) with ordinality s(id, expected, workspace, meta, op)
    left join lateral (
      select e.version, e.shard from log.event e where e.stream_id = s.id order by e.version desc limit 1) l on true),
  given as materialized (
    select o.op, o.id, o.expected, o.workspace, o.meta, o.cur, o.home,
           n.event_id, n.type, n.at, n.data, n.personal, n.k,
           case when o.cur > 0 then (
             select e.pos from log.event e where e.stream_id = o.id and e.event_id = n.event_id) end known
    from unnest(e_op, e_id, e_type, e_at, e_data, e_personal)
         with ordinality n(op, event_id, type, at, data, personal, k)
    join ops o on o.op = n.op),
  judged as materialized (
    select g.*,
           case when g.home <> p_shard then 'elsewhere'
                when bool_and(g.known is not null) over w then 'duplicate'
                when g.expected is not null and (g.expected <> g.cur or bool_or(g.known is not null) over w) then 'conflict'
                else 'ok' end status
    from given g window w as (partition by g.op)),
  fresh as materialized (
    select j.*, row_number() over (partition by j.op order by j.k) vk, row_number() over (order by j.op, j.k) pk
    from judged j where j.status = 'ok' and j.known is null),
  inserted as (
    insert into log.event (shard, pos, stream_id, version, event_id, workspace_id, type, at, data, personal, meta)
    select p_shard, base + f.pk, f.id, f.cur + f.vk, f.event_id, f.workspace, f.type, f.at, f.data, f.personal, f.meta
    from fresh f),
  moved as (
    update log.shard_head h set pos = base + t.n from (select count(*) n from fresh) t where h.shard = p_shard and t.n > 0),
  verdict as (
    select j.op, j.status, j.cur, max(j.known) known,
           case j.status when 'ok' then count(*) filter (where j.known is null) else 0 end added
    from judged j group by j.op, j.status, j.cur)
  select v.op, v.status, (v.cur + v.added)::int,
         case v.status when 'ok' then (base + sum(v.added) over (order by v.op))::bigint
                       when 'duplicate' then v.known else 0 end
  from verdict v order by v.op;
end $f$`;
