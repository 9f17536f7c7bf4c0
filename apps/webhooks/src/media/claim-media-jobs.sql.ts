/** Takes jobs that are due, and makes them due again later in case their process dies. Those of done files are kept. */
export const claimMediaJobs = `
update media_job set attempts = attempts + 1, due_at = $2
where id in (
  select id from media_job where due_at <= $1 and done_at is null order by due_at limit $3 for update skip locked)
returning id, workspace_id, place, wamid, media_id, mime_type, sha256, url, ordering_key, alias_keys, received_at, attempts`;
