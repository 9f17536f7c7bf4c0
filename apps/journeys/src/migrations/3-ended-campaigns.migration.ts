import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a campaign ended, so that what it knew of people is forgotten some time after. Those ended before count from now. */
export class EndedCampaigns1767398400003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table campaign add column ended_at timestamptz');
    await runner.query(`update campaign set ended_at = now() where phase in ('stopped', 'finished')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table campaign drop column ended_at');
  }
}
