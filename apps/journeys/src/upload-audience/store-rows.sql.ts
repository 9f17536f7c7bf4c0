/** The same person twice is once: the first line stands. */
export const insertMembers = `
  insert into audience_member (audience_id, person_key, line, country, personal)
  select $1, given.person_key, given.line, given.country, given.personal
    from unnest($2::text[], $3::int[], $4::text[], $5::bytea[]) as given (person_key, line, country, personal)
  on conflict do nothing`;

export const insertErrors = `
  insert into audience_error (audience_id, line, code, detail)
  select $1, given.line, given.code, given.detail
    from unnest($2::int[], $3::text[], $4::text[]) as given (line, code, detail)
  on conflict do nothing`;

export const countRows = `
  update audience set rows = $2, people = $3, wrong = $4, repeated = $5, columns = $6 where audience_id = $1`;
