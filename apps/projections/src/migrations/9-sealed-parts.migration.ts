import type { MigrationInterface, QueryRunner } from 'typeorm';

const messages = ['message', 'stray_status', 'delivery_figure', 'decision_figure'];
const conversations = [
  ...['conversation', 'transcript', 'transcript_media', 'conversation_alias', 'alias_sighting', 'alias_change'],
  ...['conversation_part', 'conversation_request'],
];

/**
 * Personal parts stood open in these tables. They are kept sealed from now on, so the tables are emptied and their folds
 * begin anew.
 */
export class SealedParts1763769620009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`truncate ${[...messages, ...conversations].join(', ')}`);
    await runner.query(`
      do $$ begin
        if to_regclass('log.checkpoint') is not null then
          delete from log.checkpoint where reader in ('projections:messages', 'projections:conversations');
        end if;
      end $$`);
  }

  async down(): Promise<void> {
    // What stood open before is not to be had again.
  }
}
