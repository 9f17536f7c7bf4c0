import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMedia1763769610004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table media_job (
        id uuid primary key,
        workspace_id uuid not null,
        place jsonb not null,
        wamid text not null,
        media_id text not null,
        mime_type text,
        sha256 text,
        url text,
        ordering_key text not null,
        alias_keys jsonb not null,
        received_at timestamptz not null,
        due_at timestamptz not null,
        attempts int not null,
        done_at timestamptz,
        object_key text
      )`);
    await runner.query('create index media_job_due on media_job (due_at) where done_at is null');
    await runner.query('create index media_job_of_media on media_job (workspace_id, media_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table media_job');
  }
}
