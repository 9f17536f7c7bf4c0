import type { MigrationInterface, QueryRunner } from 'typeorm';

const dimensions = `
  workspace_id uuid not null,
  minute timestamptz not null,
  channel text not null,
  template text not null,
  campaign text not null,
  country text not null`;
const counters = [
  'targeted',
  'pending',
  'held',
  'unknown',
  'sent',
  'delivered',
  'read',
  'failed',
  'refused',
  'cancelled',
  'expired',
];

export class CreateMessages1763769620001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table message (
        message_id uuid primary key,
        workspace_id uuid not null,
        requested_at timestamptz,
        state text,
        channel text,
        template text,
        campaign text,
        contact_id uuid,
        reference text,
        conversation_id uuid,
        wamid text,
        view jsonb not null,
        personal bytea
      ) with (fillfactor = 70)`);
    await runner.query('create index message_in_time on message (workspace_id, requested_at, message_id)');
    await runner.query('create index message_of_conversation on message (conversation_id, requested_at)');
    await runner.query('create index message_of_contact on message (contact_id, requested_at)');
    await runner.query('create index message_of_reference on message (reference)');
    await runner.query('create index message_of_wamid on message (wamid)');
    await runner.query(
      'create table stray_status (event_id uuid primary key, wamid text not null, event jsonb not null)',
    );
    await runner.query('create index stray_status_of_wamid on stray_status (wamid)');
    await runner.query(`
      create table delivery_figure (
        ${dimensions},
        ${counters.map((name) => `"${name}" int not null`).join(', ')},
        primary key (workspace_id, minute, channel, template, campaign, country)
      ) with (fillfactor = 70)`);
    await runner.query(`
      create table decision_figure (
        ${dimensions},
        outcome text not null,
        code text not null,
        messages int not null,
        primary key (workspace_id, minute, channel, template, campaign, country, outcome, code)
      ) with (fillfactor = 70)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['decision_figure', 'delivery_figure', 'stray_status', 'message'])
      await runner.query(`drop table ${table}`);
  }
}
