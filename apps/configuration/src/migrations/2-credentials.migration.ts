import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Credentials1767312000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table credentials (
        account_id          uuid        not null,
        credentials_version int         not null,
        workspace_id        uuid        not null,
        waba_id             text        not null,
        app_id              text        not null,
        graph_url           text        not null,
        sealed              bytea       not null,
        kept_at             timestamptz not null,
        superseded_at       timestamptz,
        primary key (account_id, credentials_version)
      )`);
    await runner.query(`
      create table identity_secret (
        workspace_id uuid  primary key,
        sealed       bytea not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table identity_secret');
    await runner.query('drop table credentials');
  }
}
