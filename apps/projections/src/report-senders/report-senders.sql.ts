/** Numbers with what their account, portfolio and pauses do to them, and how busy they were in the last hour. */
export const reportSenders = `
select s.id, s.state as sender, a.state as account, p.state as portfolio,
  coalesce(ps.state->'paused', 'null') as sender_pause, coalesce(pa.state->'paused', 'null') as account_pause,
  t.busiest, t.heard_at
from sender_health s
left join sender_health a on a.kind = 'account' and a.id = (s.state->>'accountId')::uuid
left join sender_health p on p.kind = 'portfolio' and p.workspace_id = s.workspace_id and p.state->>'portfolioId' = s.state->>'portfolioId'
left join sender_health ps on ps.kind = 'pause sender' and ps.id = s.id
left join sender_health pa on pa.kind = 'pause account' and pa.id = (s.state->>'accountId')::uuid
left join lateral (
  select max(attempted + received) as busiest, max(minute) filter (where received + reported > 0) as heard_at
  from sender_traffic t where t.sender_id = s.id and t.minute >= $2::timestamptz - interval '1 hour') t on true
where s.kind = 'sender' and s.workspace_id = $1
order by s.state->>'displayPhoneNumber', s.id`;
