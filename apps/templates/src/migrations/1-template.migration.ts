import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Template1767312000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table template (
        id               uuid        not null primary key,
        workspace_id     uuid        not null,
        account_id       uuid        not null,
        name             text        not null,
        language         text        not null,
        state            text        not null,
        meta_template_id text,
        seq              bigserial   not null,
        stream_version   int         not null,
        shown            jsonb       not null,
        created_at       timestamptz not null,
        changed_at       timestamptz not null
      )`);
    await runner.query('create index template_list on template (workspace_id, seq)');
    await runner.query('create index template_of_meta on template (account_id, meta_template_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table template');
  }
}
