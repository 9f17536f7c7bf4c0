/** The next of each lane, so many of each at most. */
export const nextDue = `
  select due.message_id, due.lane, due.pair_key, due.channel_id, due.pace_key, due.pace_per_second, due.version
    from unnest(array['authentication', 'utility', 'marketing']) as wanted (lane)
   cross join lateral (
     select * from due
      where due.sender_id = $1 and due.kind = 'send' and due.lane = wanted.lane and due.due_at <= $2
        and not (due.message_id = any($3)) and not (due.channel_id = any($5))
        and (due.pace_key is null or not (due.pace_key = any($6)))
        and (due.campaign_id is null or due.campaign_id <> all (array(select campaign_id from halted_campaign)))
      order by due.due_at
      limit $4) as due`;

/** What is in the air though nobody has it in hand. */
export const leftInTheAir = `
  select message_id, version from due
   where sender_id = $1 and kind = 'flight' and fence <= $2 and not (message_id = any($3)) limit 500`;

export const nextToSettle = `
  select message_id, version from due
   where sender_id = $1 and kind = 'settle' and due_at <= $2 and not (message_id = any($3))
   order by due_at limit 200`;

/** Of campaigns that were paused, what would leave now; of those that were stopped, all. */
export const ofHaltedCampaigns = `
  select due.message_id, due.version, halted.state
    from halted_campaign halted join due using (campaign_id)
   where due.sender_id = $1 and due.kind = 'send' and (halted.state = 'stopped' or due.due_at <= $2)
     and not (due.message_id = any($3)) limit 500`;

/** Whoever is looked at later than the log says; folding the log again would set it back, which does no harm. */
export const postpone = `
  update due set due_at = given.due_at
    from unnest($1::uuid[], $2::timestamptz[], $3::int[]) as given (message_id, due_at, version)
   where due.message_id = given.message_id and due.version = given.version and due.kind = 'send'`;

export const stillDue = 'select message_id, version from due where message_id = any($1)';

/** What the sender, one of these channels, or a campaign held back is looked at now that it no longer does. */
export const hasten = `
  update due set due_at = $2
   where sender_id = $1 and held_by is not null and kind = 'send' and due_at > $2
     and (held_by = 'sender-unable' and $3 or held_by = 'channel-inactive' and channel_id = any($4)
          or held_by = 'campaign-paused'
             and not exists (select from halted_campaign halted where halted.campaign_id = due.campaign_id))`;
