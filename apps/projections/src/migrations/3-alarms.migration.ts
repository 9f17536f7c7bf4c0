import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAlarms1763769620003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table alarm (
        workspace_id uuid not null,
        service text not null,
        key text not null,
        kind text not null,
        version int not null,
        raised boolean not null,
        at timestamptz not null,
        severity text,
        text text,
        subject jsonb,
        primary key (workspace_id, service, key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table alarm');
  }
}
