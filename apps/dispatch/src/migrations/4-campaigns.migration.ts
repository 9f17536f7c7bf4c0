import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'alter table due add column campaign_id uuid',
  'create index due_campaign on due (campaign_id) where campaign_id is not null',
  `create table halted_campaign (
    campaign_id uuid primary key,
    state       text        not null,
    halted_at   timestamptz not null
  )`,
];

export class Campaigns1767398400004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table halted_campaign');
    await runner.query('alter table due drop column campaign_id');
  }
}
