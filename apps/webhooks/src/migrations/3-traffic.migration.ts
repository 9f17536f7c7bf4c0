import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTraffic1763769610003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table traffic (
        sender_id uuid not null,
        bucket timestamptz not null,
        workspace_id uuid not null,
        phone_number_id text not null,
        facts int not null,
        primary key (sender_id, bucket)
      )`);
    await runner.query('create table silent_sender (sender_id uuid primary key, workspace_id uuid not null)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table silent_sender');
    await runner.query('drop table traffic');
  }
}
