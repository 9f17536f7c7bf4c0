import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateConversations1763769620002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table conversation (
        conversation_id uuid primary key,
        workspace_id uuid not null,
        sender_id uuid not null,
        phone_number_id text not null,
        inbound_at timestamptz,
        entry_at timestamptz,
        last_at timestamptz not null,
        contact_id uuid,
        person bytea,
        person_at timestamptz not null
      ) with (fillfactor = 70)`);
    await runner.query('create index conversation_in_time on conversation (workspace_id, last_at, conversation_id)');
    await runner.query(`
      create table transcript (
        conversation_id uuid not null,
        wamid text not null,
        workspace_id uuid not null,
        direction text not null,
        kind text not null,
        type text not null,
        at timestamptz not null,
        target text,
        content bytea,
        primary key (conversation_id, wamid)
      )`);
    await runner.query('create index transcript_in_time on transcript (conversation_id, at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table transcript');
    await runner.query('drop table conversation');
  }
}
