import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'alter table contact_alias add column portfolio_id text, add column shown_at timestamptz',
  `create table alias_move (
    workspace_id uuid        not null,
    alias_key    text        not null,
    from_contact uuid        not null,
    at           timestamptz not null,
    to_contact   uuid        not null,
    primary key (workspace_id, alias_key, from_contact, at)
  )`,
];

export class HandedOn1767398400010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table alias_move');
    await runner.query('alter table contact_alias drop column portfolio_id, drop column shown_at');
  }
}
