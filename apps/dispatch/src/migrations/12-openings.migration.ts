import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom portfolios opened conversations with, as a book: looking through a day of messages took each round long. */
export class Openings1767398400012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table opened (
        person_id    uuid not null,
        portfolio_id text not null,
        at           timestamptz,
        -- Of the row before it was last written: what is to be taken back where it was counted.
        at_before    timestamptz,
        primary key (person_id, portfolio_id)
      )`);
    await runner.query('create index opened_portfolio on opened (portfolio_id, at)');
    await runner.query(`
      create table opened_count (
        id           bigserial   primary key,
        portfolio_id text        not null,
        -- The length of the span that people are counted in; each person counts in a short one and a long one.
        seconds      int         not null,
        begins_at    timestamptz not null,
        -- Several entries of a span add up.
        people       bigint      not null
      )`);
    await runner.query('create index opened_count_portfolio on opened_count (portfolio_id, seconds, begins_at)');
    await runner.query(`
      insert into opened (person_id, portfolio_id, at)
      select coalesce(mine.person_id, sent.contact_id), account.portfolio_id, max(sent.at)
        from sent join known_account account using (account_id) join known_portfolio portfolio using (portfolio_id)
             left join contact mine using (contact_id)
       where sent.state = 'sent' and sent.is_template and portfolio.messaging_limit is not null
       group by 1, 2`);
    await runner.query(`
      insert into opened_count (portfolio_id, seconds, begins_at, people)
      select portfolio_id, seconds, date_bin(make_interval(secs => seconds), at, timestamptz '2000-01-01'), count(*)
        from opened cross join (values (900), (5)) as span (seconds) group by 1, 2, 3`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table opened_count, opened');
  }
}
