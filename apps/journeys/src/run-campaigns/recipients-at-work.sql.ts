export const readMembers = `
  select person_key as "personKey", line, country, personal from audience_member
   where audience_id = $1 and line > $2 order by line limit $3`;

export const beginOccurrence = `
  insert into occurrence (campaign_id, occurrence, batches, planned_line, planned, counted, retries, sampled)
  values ($1, $2, 0, 0, false, false, 0, 0)
  on conflict do nothing`;

export const readOccurrence = `
  select batches, planned_line as "plannedLine", planned, counted, retries, sampled_at as "sampledAt", sampled, rate
    from occurrence where campaign_id = $1 and occurrence = $2`;

/** No row where somebody counted before. */
export const takeCount = `
  update occurrence set counted = true
   where campaign_id = $1 and occurrence = $2 and not counted
  returning planned_line as "plannedLine"`;

export const readPersonKeys = `
  select person_key as "personKey", line from audience_member
   where audience_id = $1 and line > $2 order by line limit $3`;

export const insertRecipients = `
  insert into recipient (campaign_id, occurrence, recipient_id, line, person_key, variant, attempt, state, code, sent,
                         delivered, read, opted_out, price, command)
  select $1, $2, given.recipient_id, given.line, given.person_key, given.variant, 1, given.state, given.code, false,
         false, false, false, given.price, given.command
    from unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::float8[], $10::bytea[])
         as given (recipient_id, line, person_key, variant, state, code, price, command)
  on conflict do nothing`;

/** False where another process planned this batch. */
export const advanceOccurrence = `
  update occurrence set batches = $3, planned_line = $4, planned = $5
   where campaign_id = $1 and occurrence = $2 and batches = $3 - 1`;

/** No row where planning is over. Whoever plans a batch at this moment does so in vain. */
export const endPlanning = `
  update occurrence set batches = batches + 1, planned = true
   where campaign_id = $1 and occurrence = $2 and not planned`;

/** How many of each variant are in the figures and have no row: they are not planned, or no longer on the list. */
export const readUnplanned = `
  with counted as (
    select variant, sum(amount) as people from campaign_figure
     where campaign_id = $1 and occurrence = $2 and measure = any($3::text[]) group by variant),
  planned as (
    select variant, count(*) as people from recipient where campaign_id = $1 and occurrence = $2 group by variant)
  select variant, (counted.people - coalesce(planned.people, 0))::int as people
    from counted left join planned using (variant)
   where counted.people > coalesce(planned.people, 0)`;

/** Counts no further than `$3`. */
export const countPlanned = `
  select count(*)::int as people
    from (select from recipient where campaign_id = $1 and occurrence = $2 and state = 'planned' limit $3) as waiting`;

/** Committed before a command leaves; a command without an answer is found by it. Nothing once a pause is answered. */
export const takeNext = `
  update recipient set state = 'handed', handed_at = $4
   where recipient_id in (
     select recipient_id from recipient
      where campaign_id = $1 and occurrence = $2 and state = 'planned'
        and exists (select 1 from campaign where campaign.campaign_id = $1 and phase = 'running')
      order by line limit $3 for update skip locked)
  returning recipient_id as "recipientId", person_key as "personKey", attempt, command`;

/** Handed over a while ago, and dispatch has said nothing: the command is given again under its key. */
export const takeUnanswered = `
  update recipient set handed_at = $4
   where recipient_id in (
     select recipient_id from recipient
      where campaign_id = $1 and occurrence = $2 and state = 'handed' and message_id is null and handed_at <= $5
        and command <> ''
      limit $3 for update skip locked)
  returning recipient_id as "recipientId", person_key as "personKey", attempt, command`;

/** What Meta has told of has left, even where dispatch has not said so yet. */
export const countInFlight = `
  select count(*)::int as "inFlight" from recipient
   where campaign_id = $1 and occurrence = $2 and state in ('handed', 'requested') and not sent`;

/** Ends what was never handed over, and what was so long ago that the command must have been lost. */
export const endPlanned = `
  with ended as (
    update recipient set state = $3, code = $4
     where recipient_id in (
       select recipient_id from recipient
        where campaign_id = $1 and occurrence = $2
          and (state = 'planned' or (state = 'handed' and message_id is null and handed_at <= $5))
        limit 5000 for update skip locked)
    returning variant)
  select variant, count(*)::int as people from ended group by variant`;

/** Plans what failed once more; who was reached after all did not fail. */
export const planFailed = `
  with again as (
    update recipient
       set state = 'planned', code = null, attempt = $3, message_id = null, sent = false, handed_at = null
     where campaign_id = $1 and occurrence = $2 and state = 'failed' and attempt < $3 and not delivered and not read
       and command <> ''
    returning variant)
  select variant, count(*)::int as people from again group by variant`;

export const readFigures = `
  select variant, measure, amount from campaign_figure where campaign_id = $1 and occurrence = $2`;

/** What nobody finished uploading in a day. What is gathered goes on where it was. */
export const forgetUnfinished = `
  with left_over as (
    update audience set state = 'failed' where state = 'taking' and begun_at < $1 and gathered_to is null returning audience_id),
  errors as (delete from audience_error where audience_id in (select audience_id from left_over))
  delete from audience_member where audience_id in (select audience_id from left_over)`;

export const readGathered = `
  select audience_id as "audienceId", state, columns, rows, people, gathered_to as "gatheredTo" from audience
   where audience_id = $1`;

export const beginGathering = `
  insert into audience (audience_id, workspace_id, campaign_id, state, columns, rows, people, wrong, repeated, begun_at)
  values ($1, $2, $3, 'taking', '{}', 0, 0, 0, 0, $4)
  on conflict do nothing`;

/** Their lines go on where the page before ended. */
export const insertGathered = `
  insert into audience_member (audience_id, person_key, line, country, personal)
  select $1, person_key, $2 + place, country, personal
    from unnest($3::text[], $4::text[], $5::bytea[]) with ordinality as given (person_key, country, personal, place)
  on conflict do nothing`;

export const keepGathered = `
  update audience set state = $2, columns = $3, rows = $4, people = $5, gathered_to = $6 where audience_id = $1`;

/** A gathered list has done its work once everybody on it is planned. */
export const forgetGathered = 'delete from audience_member where audience_id = $1';
