import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTemplateResponses1763769620008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table template_response (
        event_id uuid primary key,
        workspace_id uuid not null,
        kind text not null,
        wamid text,
        contact_id uuid,
        at timestamptz not null
      )`);
    await runner.query('create index template_response_of_workspace on template_response (workspace_id, kind)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table template_response');
  }
}
