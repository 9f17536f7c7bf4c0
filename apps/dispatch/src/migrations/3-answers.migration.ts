import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Answers1767398400003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table answer_given (
      contact_id uuid        not null,
      rule       text        not null,
      at         timestamptz not null,
      message_id uuid        not null,
      primary key (contact_id, rule)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table answer_given');
  }
}
