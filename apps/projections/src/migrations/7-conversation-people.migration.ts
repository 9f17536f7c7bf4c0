import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `create table conversation_alias (
    sender_id uuid not null,
    alias_key text not null,
    since timestamptz not null,
    until timestamptz not null,
    workspace_id uuid not null,
    phone_number_id text not null,
    part_id uuid not null,
    conversation_id uuid not null,
    primary key (sender_id, alias_key, since)
  )`,
  'create index alias_of_conversation on conversation_alias (conversation_id)',
  'create index alias_of_part on conversation_alias (part_id)',
  'create index alias_in_workspace on conversation_alias (workspace_id, alias_key)',
  `create table alias_sighting (
    workspace_id uuid not null,
    sender_id uuid not null,
    phone_key text not null,
    user_key text not null,
    first_at timestamptz not null,
    primary key (workspace_id, sender_id, phone_key, user_key)
  )`,
  'create index sighting_of_user on alias_sighting (workspace_id, sender_id, user_key)',
  `create table alias_change (
    event_id uuid not null,
    side text not null,
    alias_key text not null,
    sender_id uuid not null,
    at timestamptz not null,
    primary key (event_id, side, alias_key)
  )`,
  'create index change_of_alias on alias_change (sender_id, alias_key)',
  `create table conversation_part (
    part_id uuid primary key,
    person bytea,
    person_at timestamptz,
    addressed bytea,
    free_until timestamptz,
    free_at timestamptz
  ) with (fillfactor = 70)`,
  `create table conversation_request (
    message_id uuid primary key,
    part_id uuid not null,
    at timestamptz not null,
    contact_id uuid not null
  )`,
  'create index request_of_part on conversation_request (part_id, at)',
];

const folded = ['conversation', 'transcript', 'transcript_media'];
const made = ['conversation_alias', 'alias_sighting', 'alias_change', 'conversation_part', 'conversation_request'];

/** Conversations are folded anew: lines stand under other parts than before. */
const foldAnew = `
  do $$ begin
    if to_regclass('log.checkpoint') is not null then
      delete from log.checkpoint where reader = 'projections:conversations';
    end if;
  end $$`;

export class CreateConversationPeople1763769620007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`truncate ${folded.join(', ')}`);
    await runner.query(foldAnew);
    for (const table of tables) await runner.query(table);
    await runner.query(`
      alter table conversation
        drop column person, drop column person_at, add column contact_at timestamptz`);
    await runner.query(`
      alter table transcript
        add column opens_at timestamptz, add column entry boolean not null`);
    for (const table of ['transcript', 'transcript_media'])
      await runner.query(`alter table ${table} rename column conversation_id to part_id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`truncate ${folded.join(', ')}`);
    await runner.query(foldAnew);
    await runner.query('alter table transcript drop column opens_at, drop column entry');
    for (const table of ['transcript', 'transcript_media'])
      await runner.query(`alter table ${table} rename column part_id to conversation_id`);
    await runner.query(`
      alter table conversation
        drop column contact_at, add column person bytea, add column person_at timestamptz not null`);
    await runner.query(`drop table ${made.join(', ')}`);
  }
}
