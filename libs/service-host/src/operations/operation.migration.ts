import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Operation1767225600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operation (
        id          text        primary key,
        kind        text        not null,
        subject     text        not null,
        state       text        not null check (state in ('running', 'done', 'failed')),
        progress    jsonb       not null default '{}',
        detail      text,
        started_at  timestamptz not null,
        finished_at timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operation');
  }
}
