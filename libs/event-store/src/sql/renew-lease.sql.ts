export const renewLease = `
update log.lease set expires_at = clock_timestamp() + $4 * interval '1 millisecond'
where name = $1 and owner = $2 and fence = $3 and expires_at > clock_timestamp()`;
