import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until when a recipient is held, so that a campaign says when it goes on. Of those held before, it was not kept: they count as due. */
export class HeldUntil1767398400004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table recipient add column held_until timestamptz');
    await runner.query(`update recipient set held_until = now() where state = 'held'`);
    await runner.query(
      `create index recipient_held on recipient (campaign_id, occurrence, code, held_until) where state = 'held'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index recipient_held');
    await runner.query('alter table recipient drop column held_until');
  }
}
