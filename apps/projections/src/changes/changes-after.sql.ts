/**
 * Changes after a place, in commit order enough that none is missed: a row is shown only once every transaction that began
 * before its own is over, so nothing can appear behind a place that was given out.
 */
export const changesAfter = `
select tx, seq, workspace_id, type, data from change
where (tx, seq) > ($1::bigint, $2::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
order by tx, seq limit $3`;

export const placeNow = `select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as tx`;

export const forgetChanges = `delete from change where at < now() - interval '10 minutes'`;
