import { enterOpenings } from '../openings/openings.sql';
import { before, enterDifference } from './spent.sql';

/** Messages as they are taken on; one that was claimed meanwhile is known better already. */
export const enterWaiting = `
  insert into sent
         (message_id, workspace_id, contact_id, channel_id, account_id, purpose, is_template, country, state, at, version)
  select message_id, workspace_id, contact_id, channel_id, account_id, purpose, is_template, country, 'waiting', at, version
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::boolean[], $8::text[],
                $9::timestamptz[], $10::int[])
         as given (message_id, workspace_id, contact_id, channel_id, account_id, purpose, is_template, country, at, version)
   order by message_id
  on conflict (message_id) do nothing`;

/**
 * Claims what is about to be sent, before its intent is committed, and answers what it claimed: a message that somebody else
 * entered at the same moment was not there before, and is left for the next try (`claimAll`). With the contacts whose
 * openings are to be counted anew, because a message to them counted.
 */
export const claimSent = `
  with ${before},
  changed as (
    insert into sent
           (message_id, workspace_id, contact_id, channel_id, account_id, purpose, is_template, country, state, at, version,
            price_micros)
    select message_id, workspace_id, contact_id, channel_id, account_id, purpose, is_template, country, 'reserved', at,
           version, price_micros
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::boolean[], $8::text[],
                  $9::timestamptz[], $10::int[], $11::bigint[])
           as given (message_id, workspace_id, contact_id, channel_id, account_id, purpose, is_template, country, at,
                     version, price_micros)
     -- What was there is read before any of it is changed.
     where (select count(*) from before) >= 0
     order by message_id
    on conflict (message_id) do update
      set state = 'reserved', at = excluded.at, version = greatest(sent.version, excluded.version),
          purpose = excluded.purpose, is_template = excluded.is_template, price_micros = excluded.price_micros
      where sent.message_id in (select message_id from before)
    returning message_id, workspace_id, contact_id, state, at, price_micros),
  entered as (${enterDifference})
  select changed.message_id, case when before.state = 'sent' and before.is_template then changed.contact_id end as reopened
    from changed left join before using (message_id)`;

/**
 * The last word on each message, unless a later claim has been made. Answers the contacts whose openings are to be counted
 * anew, because a message to them counts no longer.
 */
export const settleCount = `
  with ${before},
  changed as (
    update sent set state = given.state, version = given.version,
                    at = case when given.state = 'sent' and sent.state <> 'sent' then given.at else sent.at end
      from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::int[]) as given (message_id, state, at, version)
      join before using (message_id)
     where sent.message_id = given.message_id and sent.version < given.version
    returning sent.message_id, sent.workspace_id, sent.contact_id, sent.account_id, sent.is_template, sent.state, sent.at,
              sent.price_micros),
  entered as (${enterDifference}),
  ${enterOpenings}
  select distinct changed.contact_id as reopened from changed join before using (message_id)
   where before.state = 'sent' and changed.state <> 'sent' and changed.is_template`;

export const enterHeldBack = `
  insert into held_back (message_id, attempt, contact_id, at)
  select message_id, given.attempt, contact_id, given.at
    from unnest($1::uuid[], $2::int[], $3::timestamptz[]) as given (message_id, attempt, at)
    join sent using (message_id)
  on conflict (message_id, attempt) do nothing`;

/** Only of contacts to whom something was held back: to the others it says nothing. */
export const enterArrivals = `
  insert into marketing_arrival (contact_id, at)
  select contact_id, max(given.at)
    from unnest($1::uuid[], $2::timestamptz[]) as given (message_id, at)
    join sent using (message_id)
   where purpose = 'marketing' and exists (select from held_back where held_back.contact_id = sent.contact_id)
   group by contact_id
  on conflict (contact_id) do update set at = greatest(marketing_arrival.at, excluded.at)`;
