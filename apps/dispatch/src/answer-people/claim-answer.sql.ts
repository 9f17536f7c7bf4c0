/**
 * One answer per rule and person in a time, and so many by all rules in an hour; the same answer may be claimed again, by
 * whoever drives it on after a crash. A rule answers once an hour at most, so that its last answer is its only one.
 */
export const claimAnswer = `
  insert into answer_given (contact_id, rule, at, message_id)
  select $1, $2, $3, $4
   where $6::bigint > (select count(*) from answer_given
                     where contact_id = $1 and at > $3::timestamptz - interval '1 hour' and message_id <> $4)
  on conflict (contact_id, rule) do update set at = excluded.at, message_id = excluded.message_id
   where answer_given.message_id = excluded.message_id
      or answer_given.at <= excluded.at - make_interval(secs => $5::float8 * 3600)
  returning message_id`;
