const standing = `recipient_id as "recipientId", campaign_id as "campaignId", occurrence, variant, attempt, state, code,
  message_id as "messageId", person_key as "personKey", sent, delivered, read, opted_out as "optedOut", price,
  held_until as "heldUntil"`;

/** Locked in one order, so that two folds never wait for each other. */
export const lockByMessage = `
  select ${standing} from recipient where message_id = any($1::uuid[]) order by recipient_id for update`;

export const lockById = `
  select ${standing} from recipient where recipient_id = any($1::uuid[]) order by recipient_id for update`;

/** Only of what went out, and not long ago: an opt-out much later is not this campaign's doing. */
export const lockByPerson = `
  select ${standing} from recipient
   where person_key = any($1::text[]) and not opted_out and message_id is not null and handed_at > $2
   order by recipient_id for update`;

export const writeStandings = `
  update recipient
     set state = given.state, code = given.code, message_id = given.message_id, sent = given.sent,
         delivered = given.delivered, read = given.read, opted_out = given.opted_out, held_until = given.held_until
    from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::boolean[], $6::boolean[], $7::boolean[],
                $8::boolean[], $9::timestamptz[])
         as given (recipient_id, state, code, message_id, sent, delivered, read, opted_out, held_until)
   where recipient.recipient_id = given.recipient_id`;

/** Written in one order, for the same reason. */
export const addFigures = `
  insert into campaign_figure (campaign_id, occurrence, variant, measure, amount)
  select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::float8[]) order by 1, 2, 3, 4
  on conflict (campaign_id, occurrence, variant, measure) do update
    set amount = campaign_figure.amount + excluded.amount`;

/** Whether any command is out that dispatch has not answered: only then can a status come early. */
export const anyUnanswered = `
  select 1 from recipient where state = 'handed' and message_id is null limit 1`;

export const keepEarly = `
  insert into early_status (message_id, sent, delivered, read, heard_at)
  select * from unnest($1::uuid[], $2::boolean[], $3::boolean[], $4::boolean[], $5::timestamptz[]) order by 1
  on conflict (message_id) do update
    set sent = early_status.sent or excluded.sent, delivered = early_status.delivered or excluded.delivered,
        read = early_status.read or excluded.read`;

export const takeEarly = `
  delete from early_status where message_id = any($1::uuid[])
  returning message_id as "messageId", sent, delivered, read`;

/** One at a time between dispatch's requests and early statuses, so that neither misses the other. */
export const meetEarly = `select pg_advisory_xact_lock(hashtext('journeys:early-status'))`;

export const lockAllOfPerson = `
  select ${standing} from recipient where person_key = any($1::text[]) order by recipient_id for update`;

export const eraseCommands = `update recipient set command = '' where person_key = any($1::text[])`;

export const eraseMembers = 'delete from audience_member where person_key = any($1::text[])';
