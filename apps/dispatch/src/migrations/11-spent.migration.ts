import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is spent, as a book: adding up a month of messages for each round took longer than sending them. */
export class Spent1767398400011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table spent (
        id           bigserial   primary key,
        workspace_id uuid        not null,
        -- Begin of a quarter of an hour: days and months of every time zone begin with one.
        quarter      timestamptz not null,
        -- In millionths; several entries of a quarter add up.
        micros       bigint      not null
      )`);
    await runner.query('create index spent_workspace on spent (workspace_id, quarter)');
    await runner.query(`
      insert into spent (workspace_id, quarter, micros)
      select workspace_id, date_bin('15 minutes', at, timestamptz '2000-01-01'), sum(price_micros)
        from sent where state = 'sent' and price_micros > 0 group by 1, 2`);
    await runner.query(`create index sent_reserved on sent (workspace_id, at) where state = 'reserved'`);
    await runner.query('drop index sent_workspace');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('create index sent_workspace on sent (workspace_id, at)');
    await runner.query('drop index sent_reserved');
    await runner.query('drop table spent');
  }
}
