import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Paces1767398400010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table due add column pace_key uuid, add column pace_per_second float8');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table due drop column pace_key, drop column pace_per_second');
  }
}
