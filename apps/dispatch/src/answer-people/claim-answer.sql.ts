/** One answer per rule and contact in a time; the same answer may be claimed again, by whoever drives it on after a crash. */
export const claimAnswer = `
  insert into answer_given (contact_id, rule, at, message_id) values ($1, $2, $3, $4)
  on conflict (contact_id, rule) do update set at = excluded.at, message_id = excluded.message_id
   where answer_given.message_id = excluded.message_id
      or answer_given.at <= excluded.at - make_interval(secs => $5::float8 * 3600)
  returning message_id`;
