export const heldLeases = `
select count(*)::int as held from log.lease where starts_with(name, $1) and expires_at > clock_timestamp()`;
