import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Inbound1767398400006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inbound_second (
        sender_id uuid        not null,
        second    timestamptz not null,
        count     int         not null,
        primary key (sender_id, second)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inbound_second');
  }
}
