/**
 * Whom a portfolio opened a conversation with stands in a book of its own: `opened` has a row for each person with the
 * latest moment, `opened_count` how many people have theirs in each span of time, as entries that add up. Both are written
 * with what they follow from: `sent`, who is one person (`contact`), whose an account is, and which portfolios have a limit.
 *
 * Spans are of two lengths, so that a day is a hundred long ones, less than two hundred short ones, and the people of part
 * of a short one: five thousand where a number sent as fast as Meta lets any.
 */
const [long, short] = [900, 5];

/** The begin of the span that a moment lies in. */
const begin = (seconds: number | string, at: string): string =>
  `date_bin(make_interval(secs => ${seconds}), ${at}, timestamptz '2000-01-01')`;

const lock = `hashtextextended('openings', 0)`;
/** Held by whoever changes `sent`, from before they do: who is who stays as it is until they are through. */
export const shareOpenings = `select pg_advisory_xact_lock_shared(${lock})`;
/** Held by whoever changed who is who. */
export const holdOpenings = `select pg_advisory_xact_lock(${lock})`;

/** Enters the difference between what the rows that `written` answers were and are. */
const enterCounts = (written: string): string => `
  insert into opened_count (portfolio_id, seconds, begins_at, people)
  select portfolio_id, seconds, ${begin('seconds', 'at')}, sum(people)
    from (select portfolio_id, at, 1 as people from ${written} where at is not null
           union all
          select portfolio_id, at_before, -1 from ${written} where at_before is not null) as entries
         cross join (values (${long}), (${short})) as span (seconds)
   group by 1, 2, 3 having sum(people) <> 0`;

/**
 * For a statement that has the rows of `sent` `before` and `changed`: whoever was opened with later than known. What it
 * may have taken back is counted anew (`recountPeople`).
 */
export const enterOpenings = `
  opened_later as (
    insert into opened (person_id, portfolio_id, at)
    select coalesce(mine.person_id, changed.contact_id), account.portfolio_id, max(changed.at)
      from changed join before using (message_id)
           join known_account account on account.account_id = changed.account_id
           join known_portfolio portfolio on portfolio.portfolio_id = account.portfolio_id
           left join contact mine on mine.contact_id = changed.contact_id
     where changed.state = 'sent' and before.state <> 'sent' and changed.is_template
       and portfolio.messaging_limit is not null
     group by 1, 2 order by 1, 2
    on conflict (person_id, portfolio_id) do update set at_before = opened.at, at = excluded.at
     where opened.at is null or opened.at < excluded.at
    returning portfolio_id, at, at_before),
  counted_later as (${enterCounts('opened_later')})`;

/** The people whom ids of contacts, or of people that there were, stand for, and what the messages say of each. */
const people = `
  people as materialized (
    select id as person_id from unnest($1::uuid[]) as id
     union
    select person_id from contact where contact_id = any($1)),
  truth as materialized (
    select mine.person_id, account.portfolio_id, max(sent.at) as at
      from (select contact_id, person_id from contact where person_id in (select person_id from people)
             union all
            select person_id, person_id from people
             where not exists (select from contact where contact_id = people.person_id)) as mine
           join sent using (contact_id) join known_account account using (account_id)
           join known_portfolio portfolio using (portfolio_id)
     where sent.state = 'sent' and sent.is_template and portfolio.messaging_limit is not null
     group by 1, 2)`;

/** In one order, so that two who count the same people anew never wait for each other in a circle. */
export const lockPeople = `
  with ${people}
  insert into opened (person_id, portfolio_id)
  select person_id, portfolio_id
    from (select person_id, portfolio_id from opened where person_id in (select person_id from people)
           union
          select person_id, portfolio_id from truth) as theirs
   order by 1, 2
  on conflict (person_id, portfolio_id) do update set at_before = opened.at`;

/** After `lockPeople`, as a statement of its own, so that it sees what those had done who held the rows before. */
export const recountPeople = `
  with ${people},
  counted as (
    update opened set at = anew.at
      from (select known.person_id, known.portfolio_id, truth.at
              from opened known left join truth using (person_id, portfolio_id)
             where known.person_id in (select person_id from people) and known.at is distinct from truth.at) as anew
     where opened.person_id = anew.person_id and opened.portfolio_id = anew.portfolio_id
    returning opened.portfolio_id, opened.at, opened.at_before)
  ${enterCounts('counted')}`;

export const forgetPortfolios = `
  with forgotten as (delete from opened where $1::text[] is null or portfolio_id = any($1))
  delete from opened_count where $1::text[] is null or portfolio_id = any($1)`;

/** What was sent two days before the last that an account sent is of no account. */
export const recountPortfolios = `
  with counted as (
    insert into opened (person_id, portfolio_id, at)
    select coalesce(mine.person_id, sent.contact_id), account.portfolio_id, max(sent.at)
      from known_account account join known_portfolio portfolio using (portfolio_id)
           cross join lateral (select max(at) as at from sent where sent.account_id = account.account_id) as last
           join sent on sent.account_id = account.account_id and sent.at > last.at - interval '2 days'
           left join contact mine using (contact_id)
     where portfolio.messaging_limit is not null and ($1::text[] is null or account.portfolio_id = any($1))
       and sent.state = 'sent' and sent.is_template
     group by 1, 2
    returning portfolio_id, at, at_before)
  ${enterCounts('counted')}`;

export const drawOpeningsTogether = `
  with many as (select portfolio_id, seconds, begins_at from opened_count
                 where (portfolio_id, seconds, begins_at) in (select portfolio_id, seconds, begins_at
                                                                from opened_count where id > $1)
                 group by 1, 2, 3 having count(*) > 1),
       gone as (delete from opened_count entry using many
                 where entry.portfolio_id = many.portfolio_id and entry.seconds = many.seconds
                   and entry.begins_at = many.begins_at
                returning entry.portfolio_id, entry.seconds, entry.begins_at, entry.people)
  insert into opened_count (portfolio_id, seconds, begins_at, people)
  select portfolio_id, seconds, begins_at, sum(people) from gone group by 1, 2, 3 having sum(people) <> 0`;

/**
 * The people that a portfolio opened a conversation with in 24 hours, without the messages that are asked about; which of
 * them are asked about; and the earliest of their latest moments. Read from the book, but for the people whom claims that
 * are not intended yet, or the messages that are asked about, make a difference for (`apart`).
 */
export const findPortfolioUse = `
  with since as materialized (
    select at, ${begin(short, 'at')} + interval '${short} seconds' as short, ${begin(long, 'at')} + interval '${long} seconds' as long
      from (select $1::timestamptz - interval '24 hours' as at) as day),
  account as materialized (select account_id, workspace_id from known_account where portfolio_id = $2),
  asked as materialized (
    select distinct coalesce(mine.person_id, sent.contact_id) as person_id
      from sent join account using (account_id) left join contact mine using (contact_id)
     where sent.message_id = any($4) and sent.state = 'sent' and sent.is_template and sent.at > (select at from since)),
  reserved as materialized (
    select coalesce(mine.person_id, sent.contact_id) as person_id, sent.at
      from account join sent using (workspace_id, account_id) left join contact mine using (contact_id)
     where sent.state = 'reserved' and sent.at > $1::timestamptz - interval '10 minutes' and sent.is_template
       and not (sent.message_id = any($4))),
  apart as materialized (
    select person_id, booked.at as booked_at
      from (select person_id from asked union select person_id from reserved) as these
           left join lateral (select at from opened
                               where opened.person_id = these.person_id and portfolio_id = $2
                                 and at > (select at from since)) as booked on true),
  judged as materialized (
    select person_id, max(at) as at
      from (select person_id, at from reserved
             union all
            select person_id, booked_at from apart
             where booked_at is not null and person_id not in (select person_id from asked)
             union all
            select mine.person_id, sent.at
              from (select contact_id, person_id from contact where person_id in (select person_id from asked)
                     union all
                    select person_id, person_id from asked
                     where not exists (select from contact where contact_id = asked.person_id)) as mine
                   join sent using (contact_id) join account using (account_id)
             where sent.state = 'sent' and sent.is_template and sent.at > (select at from since)
               and not (sent.message_id = any($4))) as messages
     group by 1)
  select ((select coalesce(sum(people), 0) from opened_count
            where portfolio_id = $2 and seconds = ${long} and begins_at >= (select long from since))
        + (select coalesce(sum(people), 0) from opened_count
            where portfolio_id = $2 and seconds = ${short}
              and begins_at >= (select short from since) and begins_at < (select long from since))
        + (select count(*) from opened
            where portfolio_id = $2 and at > (select at from since) and at < (select short from since))
        - (select count(booked_at) from apart)
        + (select count(*) from judged))::int as used,
         least((select at from opened
                 where portfolio_id = $2 and at > (select at from since)
                   and person_id not in (select person_id from apart)
                 order by at limit 1),
               (select min(at) from judged)) as first_at,
         array(select person_id from judged where person_id = any($3::uuid[])
                union all
               select person_id from opened
                where portfolio_id = $2 and at > (select at from since) and person_id = any($3)
                  and person_id not in (select person_id from apart)) as asked`;
