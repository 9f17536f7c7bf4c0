import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bodies are sealed under the key of their day from now on; those from before have no `bytes` until they are, too. */
export class SealedReceipts1763769610005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table receipt add column bytes int, add column alias_keys text[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table receipt drop column bytes, drop column alias_keys');
  }
}
