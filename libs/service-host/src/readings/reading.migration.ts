import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was shown what names or quotes people: by ids alone, so that nothing in it names anybody. */
export class Reading1767225600005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reading (
        -- UUIDv7 of the moment, so that ids of all services sort into one list.
        id             uuid        not null primary key,
        workspace_id   uuid        not null,
        at             timestamptz not null,
        actor          text        not null,
        route          text        not null,
        what           text        not null,
        ids            text[]      not null,
        contacts       uuid[]      not null,
        correlation_id text        not null
      )`);
    await runner.query('create index reading_of_workspace on reading (workspace_id, id)');
    await runner.query('create index reading_contacts on reading using gin (contacts)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reading');
  }
}
