import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table last_word (
    conversation_id uuid        primary key,
    workspace_id    uuid        not null,
    sender_id       uuid        not null,
    alias_key       text        not null,
    wamid           text        not null,
    at              timestamptz not null
  )`,
];

export class LastWords1767398400009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table last_word');
  }
}
