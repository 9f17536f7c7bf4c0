/** The row stays, so that the fence goes on growing. */
export const releaseLease = `
update log.lease set owner = '', expires_at = '-infinity' where name = $1 and owner = $2 and fence = $3`;
