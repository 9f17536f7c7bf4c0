/** Numbers that had traffic in this hour of each of the last seven days, and none in the hour before the time given. */
export const silentSenders = `
select sender_id, workspace_id, phone_number_id
from (
  select sender_id, workspace_id, phone_number_id, floor(extract(epoch from $1::timestamptz - bucket) / 86400)::int as day
  from traffic
  where bucket < $1 and bucket >= $1::timestamptz - interval '7 days 1 hour'
    and mod(extract(epoch from $1::timestamptz - bucket)::bigint, 86400) between 1 and 3600
) as heard
group by sender_id, workspace_id, phone_number_id
having not bool_or(day = 0) and count(distinct day) filter (where day between 1 and 7) = 7`;

/** Silent numbers that were heard of again after the time given. */
export const heardAgain = `
select s.sender_id, s.workspace_id from silent_sender s
where exists (select from traffic t where t.sender_id = s.sender_id and t.bucket >= $1)`;
