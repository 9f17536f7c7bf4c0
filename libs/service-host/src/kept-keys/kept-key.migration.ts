import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeptKey1767225600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table kept_key (
        secret_hash   text        not null primary key,
        key_id        uuid        not null,
        workspace_id  uuid        not null,
        scopes        text[]      not null,
        expires_at    timestamptz,
        superseded_at timestamptz
      )`);
    await runner.query('create index kept_key_by_id on kept_key (key_id)');
    await runner.query(`
      create table key_use (
        key_id  uuid        not null primary key,
        used_at timestamptz not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table key_use');
    await runner.query('drop table kept_key');
  }
}
