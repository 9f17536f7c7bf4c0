export const countInbound = `
  insert into inbound_second (sender_id, second, count)
  select given.sender_id, date_trunc('second', given.at), count(*)
    from unnest($1::uuid[], $2::timestamptz[]) as given (sender_id, at)
   group by 1, 2
   order by 1, 2
  on conflict (sender_id, second) do update set count = inbound_second.count + excluded.count`;

/** The busiest of the last seconds: what comes in now is about as much. */
export const inboundNow = `
  select coalesce(max(count), 0)::int as per_second from inbound_second where sender_id = $1 and second > $2`;

export const forgetInbound = 'delete from inbound_second where second < $1';
