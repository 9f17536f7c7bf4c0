import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateChanges1763769620004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What is not told within minutes is of no use, so it need not survive a crash.
    await runner.query(`
      create unlogged table change (
        seq bigint generated always as identity,
        tx bigint not null default pg_current_xact_id()::text::bigint,
        workspace_id uuid not null,
        type text not null,
        data jsonb not null,
        at timestamptz not null default now(),
        primary key (tx, seq)
      )`);
    await runner.query('create index change_in_time on change (at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table change');
  }
}
