import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was erased, and how often this service has looked for what it held of them. */
export class Erasure1767225600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table erasure (
        contact_id   uuid        not null primary key,
        workspace_id uuid        not null,
        alias_keys   text[]      not null,
        erased_at    timestamptz not null,
        passes       int         not null,
        -- null: nothing is left to do.
        next_at      timestamptz
      )`);
    await runner.query('create index erasure_next on erasure (next_at) where next_at is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erasure');
  }
}
