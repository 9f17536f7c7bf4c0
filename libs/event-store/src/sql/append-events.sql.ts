export const appendEvents = `
select op, status, version, last_pos from log.append(
  $1::smallint, $2::uuid[], $3::int[], $4::uuid[], $5::jsonb[],
  $6::int[], $7::uuid[], $8::text[], $9::timestamptz[], $10::jsonb[], $11::bytea[],
  $12::text, $13::bigint)`;
