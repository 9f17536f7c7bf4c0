import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Account1767312000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account (
        id           uuid        not null primary key,
        workspace_id uuid        not null,
        waba_id      text        not null,
        synced_at    timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table account');
  }
}
