import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReceipts1763769610001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table receipt (
        id uuid primary key,
        received_at timestamptz not null,
        app_id text not null,
        workspace_ids uuid[] not null,
        waba_ids text[] not null,
        phone_number_ids text[] not null,
        quarantined text,
        facts int not null,
        body bytea not null
      )`);
    // Compressing each body would cost more time than the few days that it is kept are worth.
    await runner.query('alter table receipt alter column body set storage external');
    await runner.query(`
      create table sender (
        account_id uuid not null,
        phone_number_id text not null,
        sender_id uuid not null,
        workspace_id uuid not null,
        primary key (account_id, phone_number_id)
      )`);
    await runner.query('create index sender_by_number on sender (phone_number_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sender');
    await runner.query('drop table receipt');
  }
}
