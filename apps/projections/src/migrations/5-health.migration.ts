import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateHealth1763769620005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['sender_health', 'template_catalogue']) {
      await runner.query(`
        create table ${table} (
          kind text not null,
          id uuid not null,
          workspace_id uuid not null,
          version int not null,
          state jsonb not null,
          primary key (kind, id)
        )`);
      await runner.query(`create index ${table}_of_workspace on ${table} (workspace_id, kind)`);
    }
    await runner.query(`
      create table sender_traffic (
        sender_id uuid not null,
        minute timestamptz not null,
        workspace_id uuid not null,
        attempted int not null,
        received int not null,
        reported int not null,
        primary key (sender_id, minute)
      ) with (fillfactor = 70)`);
    await runner.query('alter table message add column accepted_at timestamptz');
    await runner.query(`create index message_without_status on message (accepted_at) where state = 'accepted'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table message drop column accepted_at');
    for (const table of ['sender_traffic', 'template_catalogue', 'sender_health'])
      await runner.query(`drop table ${table}`);
  }
}
