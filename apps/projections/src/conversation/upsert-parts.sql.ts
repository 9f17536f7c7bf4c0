/** The newest word counts; of two said at once, the same one whichever came first. */
export const upsertParts = `
insert into conversation_part as p (part_id, person, person_at, addressed, free_until, free_at)
select part_id,
  decode((array_agg(person order by person_at desc, person desc) filter (where person is not null))[1], 'base64'),
  max(person_at),
  decode(min(addressed), 'base64'),
  max(free_until),
  (array_agg(free_at order by free_until desc, free_at desc) filter (where free_at is not null))[1]
from jsonb_to_recordset($1::jsonb) as r (
  part_id uuid, person text, person_at timestamptz, addressed text, free_until timestamptz, free_at timestamptz)
group by part_id order by part_id
on conflict (part_id) do update set
  person = case when p.person is null or (excluded.person_at, encode(excluded.person, 'base64')) > (p.person_at, encode(p.person, 'base64'))
    then coalesce(excluded.person, p.person) else p.person end,
  person_at = greatest(p.person_at, excluded.person_at),
  addressed = case when encode(p.addressed, 'base64') <= encode(excluded.addressed, 'base64') or excluded.addressed is null
    then p.addressed else excluded.addressed end,
  free_until = greatest(p.free_until, excluded.free_until),
  free_at = case when p.free_at is null or (excluded.free_until, excluded.free_at) > (p.free_until, p.free_at)
    then coalesce(excluded.free_at, p.free_at) else p.free_at end`;
