/**
 * When people were last sent to through these channels: those who were sent more than one message within the time that
 * a burst takes to be paid for, and those who were sent one a moment ago.
 */
export const recentPairs = `
  select alias.alias_key, array_agg(sent.at order by sent.at) as times
    from sent join contact_alias alias using (contact_id)
   where sent.account_id = $1 and sent.channel_id = any($2) and sent.at > $3 and sent.state in ('sent', 'reserved')
   group by alias.alias_key
  having count(*) > 1 or max(sent.at) > $4`;
