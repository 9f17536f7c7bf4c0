import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReplays1763769610002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table receipt_replay (
        id uuid primary key,
        workspace_id uuid not null,
        received_from timestamptz not null,
        received_to timestamptz not null,
        phone_number_id text,
        receipt_id uuid,
        last_id uuid,
        receipts int not null,
        facts int not null,
        done boolean not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table receipt_replay');
  }
}
