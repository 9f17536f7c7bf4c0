/** Messages that Meta accepted some time ago, but not days, and has told nothing of since, by number. */
export const missingStatuses = `
select workspace_id, view->'request'->>'senderId' as sender_id, count(*)::int as messages
from message where state = 'accepted' and accepted_at < $1 and accepted_at >= $2
group by 1, 2`;

/** Projections write no events: what they miss themselves stands in the table alone. */
export const raiseMissing = `
insert into alarm as a (workspace_id, service, key, kind, version, raised, at, severity, text, subject)
values ($1, 'projections', $2, 'statuses-missing', 1, true, $3, 'warning', $4, $5)
on conflict (workspace_id, service, key) do update set raised = true, text = excluded.text,
  at = case when a.raised then a.at else excluded.at end`;

export const clearMissing = `
update alarm set raised = false, at = $2
where service = 'projections' and kind = 'statuses-missing' and raised and not (workspace_id::text || ' ' || key = any($1::text[]))`;
