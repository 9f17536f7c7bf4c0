/** Nothing undoes a stop, and a pause that is heard again is one. */
export const halt = `
  insert into halted_campaign (campaign_id, state, halted_at) values ($1, $2, $3)
  on conflict (campaign_id) do update set state = excluded.state, halted_at = excluded.halted_at
    where halted_campaign.state = 'paused'`;

export const goOn = `delete from halted_campaign where campaign_id = $1 and state = 'paused'`;

/** A command is not kept this long, so that none of the campaign can come any more. */
export const forgetStopped = `
  delete from halted_campaign where state = 'stopped' and halted_at < $1::timestamptz - interval '30 days'`;
