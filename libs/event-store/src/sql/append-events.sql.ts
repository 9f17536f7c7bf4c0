/** The texts of JSON come as one array each: as elements of a Postgres array every quote in them would have to be escaped. */
export const appendEvents = `
select op, status, version, last_pos from log.append(
  $1::smallint, $2::uuid[], $3::int[], $4::uuid[], array(select jsonb_array_elements($5::jsonb)),
  $6::int[], $7::uuid[], $8::text[], $9::timestamptz[], array(select jsonb_array_elements($10::jsonb)), $11::bytea[],
  $12::text, $13::bigint)`;
