import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WabaClaim1767312000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table waba_claim (
        waba_id      text primary key,
        workspace_id uuid not null
      )`);
    await runner.query(`
      insert into waba_claim (waba_id, workspace_id)
      select distinct on (waba_id) waba_id, workspace_id from credentials order by waba_id, kept_at`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table waba_claim');
  }
}
