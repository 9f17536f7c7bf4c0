import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table consent_import (
    import_id    uuid        primary key,
    workspace_id uuid        not null,
    state        text        not null,
    rows         int         not null,
    accepted     int         not null,
    rejected     int         not null,
    detail       text,
    begun_at     timestamptz not null,
    noted_at     timestamptz not null
  )`,
  'create index consent_import_workspace on consent_import (workspace_id, begun_at)',
  `create table consent_import_error (
    import_id uuid not null,
    line      int  not null,
    index     int  not null,
    code      text not null,
    detail    text not null,
    primary key (import_id, line)
  )`,
];

export class ConsentImports1767398400007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table consent_import_error');
    await runner.query('drop table consent_import');
  }
}
