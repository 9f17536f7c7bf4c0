/** A claim whose intent was never committed counts no longer than this. */
const counts = `(sent.state = 'sent' or (sent.state = 'reserved' and sent.at > $1::timestamptz - interval '10 minutes'))`;

/** Who the contacts are, where they are, and what Meta held back from them since marketing last arrived. */
export const findTraits = `
  select asked.contact_id, coalesce(mine.person_id, asked.contact_id) as person_id, traits.time_zone, held.times, held.last_at
    from unnest($1::uuid[]) as asked (contact_id)
    left join contact mine using (contact_id)
    left join lateral (
      select max(told.time_zone) as time_zone
        from contact other join contact_traits told using (contact_id)
       where other.person_id = mine.person_id) as traits on true
    left join lateral (
      select count(*)::int as times, max(back.at) as last_at
        from contact other join held_back back using (contact_id)
       where other.person_id = mine.person_id and back.at > $2::timestamptz - interval '30 days'
         and not exists (select from contact again join marketing_arrival arrived using (contact_id)
                          where again.person_id = mine.person_id and arrived.at > back.at)) as held on true`;

/** What counts of each person, message by message. */
export const findSent = `
  select coalesce(mine.person_id, sent.contact_id) as person_id, sent.message_id, sent.channel_id, sent.purpose, sent.at
    from sent left join contact mine using (contact_id)
   where sent.contact_id in (select contact_id from contact where person_id = any($2::uuid[])
                             union all select unnest($2::uuid[]))
     and sent.at > $3 and ${counts}`;

/**
 * In millionths, of a month and of its day: what stands in the book, and what is claimed and not intended yet; without the
 * messages that are asked about.
 */
export const findSpend = `
  select coalesce(sum(micros), 0) as this_month, coalesce(sum(micros) filter (where at >= $4), 0) as today
    from (select quarter as at, micros from spent where workspace_id = $2 and quarter >= $3
           union all
          select at, price_micros from sent
           where workspace_id = $2 and state = 'reserved' and at > $1::timestamptz - interval '10 minutes'
             and at >= $3 and not (message_id = any($5))
           union all
          select at, -price_micros from sent
           where message_id = any($5) and state = 'sent' and at >= $3) as entries`;

/** In one order, so that two who claim for the same people never wait for each other in a circle. */
export const lockScopes = `
  select pg_advisory_xact_lock(hashtextextended(scope, 0))
    from (select scope from unnest($1::text[]) as scope order by scope) as ordered`;

export const findLimits = `
  select account.account_id, account.portfolio_id, portfolio.messaging_limit
    from known_account account join known_portfolio portfolio using (portfolio_id)
   where account.account_id = any($1::uuid[]) and portfolio.messaging_limit is not null`;
