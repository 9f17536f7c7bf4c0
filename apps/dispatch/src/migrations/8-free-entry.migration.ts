import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FreeEntry1767398400008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table service_window
        alter column last_inbound_at drop not null,
        add column last_entry_at timestamptz,
        add column free_until timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('delete from service_window where last_inbound_at is null');
    await runner.query(`
      alter table service_window
        alter column last_inbound_at set not null,
        drop column last_entry_at,
        drop column free_until`);
  }
}
