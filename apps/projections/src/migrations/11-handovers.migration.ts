import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Few conversations are passed on: which, is told without reading all that was said. */
export class Handovers1763769620011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index transcript_handovers on transcript (part_id, at) where kind = 'handover'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index transcript_handovers');
  }
}
