import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Configured1767312000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table configured (
        kind           text        not null,
        id             uuid        not null,
        workspace_id   uuid        not null,
        seq            bigserial   not null,
        stream_version int         not null,
        state          jsonb       not null,
        created_at     timestamptz not null,
        changed_at     timestamptz not null,
        primary key (kind, id)
      )`);
    await runner.query('create index configured_list on configured (workspace_id, kind, seq)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table configured');
  }
}
