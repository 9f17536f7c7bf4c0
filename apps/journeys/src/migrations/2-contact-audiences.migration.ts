import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ContactAudiences1767398400002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table audience add column gathered_to uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table audience drop column gathered_to');
  }
}
