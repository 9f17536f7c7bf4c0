import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a raw change may name, so that a person's are found without reading through the log. */
export class RawChanges1763769610006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table raw_change (
        workspace_id uuid not null,
        alias_key text not null,
        shard int not null,
        position bigint not null,
        primary key (workspace_id, alias_key, shard, position)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table raw_change');
  }
}
