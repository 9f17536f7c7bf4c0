import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTranscriptMedia1763769620006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table transcript_media (
        conversation_id uuid not null,
        wamid text not null,
        media_id text not null,
        state text not null,
        mime_type text,
        bytes int,
        primary key (conversation_id, wamid, media_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table transcript_media');
  }
}
